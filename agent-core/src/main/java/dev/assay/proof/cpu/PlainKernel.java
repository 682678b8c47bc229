package dev.assay.proof.cpu;

import dev.assay.proof.FillKey;
import dev.assay.proof.MemoryFill;
import java.nio.LongBuffer;

/** The kernel in loops that every Java machine runs, and C2 turns into vectors where it can. */
final class PlainKernel implements LaneKernel {
  private static final int MESSAGE = 16 * LaneLoops.STRIDE;
  private static final int LANE_WORDS = LANE_LABELS * Image.LABEL_WORDS;

  private final Image image;
  private final Parents parents;

  PlainKernel(Image image) {
    this.image = image;
    this.parents = new Parents(image);
  }

  @Override
  public void compressLabels(int[] rows, int[] cv, long counter, int flags) {
    LaneLoops.startChaining(rows, cv);
    compress(rows, counter, LANE_LABELS, flags);
    LaneLoops.outputToMessage(rows, cv);
  }

  @Override
  public void compressChaining(int[] rows, long counter, int step, int flags) {
    compress(rows, counter, step, flags);
    LaneLoops.outputToChaining(rows);
  }

  private static void compress(int[] rows, long counter, int step, int flags) {
    LaneLoops.startState(rows, (int) counter, step, (int) (counter >>> Integer.SIZE), flags);
    for (int round = 0; round < Lanes.ROUNDS; round++) {
      LaneLoops.mix(rows);
    }
  }

  @Override
  public void load(int[] rows, int lane, long label, int count) {
    LongBuffer words = image.part(image.partIndex(label));
    int at = image.at(label);
    for (int n = 0; n < count; n++) {
      for (int w = 0; w < Image.LABEL_WORDS; w++) {
        set(rows, lane + n, w, words.get(at + w));
      }
      at += LANE_WORDS;
    }
  }

  @Override
  public void loadMixed(int[] rows, int lane, long label, long[] found, int count) {
    parents.read(found, FillKey.PARENTS * count);
    LongBuffer words = image.part(image.partIndex(label));
    int at = image.at(label);
    int next = 0;
    for (int n = 0; n < count; n++) {
      mix(
          rows,
          lane + n,
          words,
          at,
          found[next] / MemoryFill.LABEL_BYTES,
          found[next + 1] / MemoryFill.LABEL_BYTES,
          found[next + 2] / MemoryFill.LABEL_BYTES);
      next += FillKey.PARENTS;
      at += LANE_WORDS;
    }
  }

  @Override
  public void store(int[] rows, int lane, long label, int count) {
    LongBuffer words = image.part(image.partIndex(label));
    int at = image.at(label);
    for (int n = 0; n < count; n++) {
      for (int w = 0; w < Image.LABEL_WORDS; w++) {
        words.put(at + w, get(rows, lane + n, w));
      }
      at += LANE_WORDS;
    }
  }

  private void mix(int[] rows, int lane, LongBuffer self, int at, long p, long q, long r) {
    LongBuffer partP = image.part(image.partIndex(p));
    LongBuffer partQ = image.part(image.partIndex(q));
    LongBuffer partR = image.part(image.partIndex(r));
    int atP = image.at(p);
    int atQ = image.at(q);
    int atR = image.at(r);
    for (int w = 0; w < Image.LABEL_WORDS; w++) {
      long mixed = self.get(at + w) ^ partP.get(atP + w) ^ partQ.get(atQ + w) ^ partR.get(atR + w);
      set(rows, lane, w, mixed);
    }
  }

  private static void set(int[] rows, int lane, int pair, long words) {
    rows[MESSAGE + 2 * pair * LaneLoops.STRIDE + lane] = (int) words;
    rows[MESSAGE + (2 * pair + 1) * LaneLoops.STRIDE + lane] = (int) (words >>> Integer.SIZE);
  }

  private static long get(int[] rows, int lane, int pair) {
    return Integer.toUnsignedLong(rows[MESSAGE + 2 * pair * LaneLoops.STRIDE + lane])
        | (long) rows[MESSAGE + (2 * pair + 1) * LaneLoops.STRIDE + lane] << Integer.SIZE;
  }
}
