package dev.assay.proof.cpu;

import dev.assay.proof.Compression;
import dev.assay.proof.FillKey;
import dev.assay.proof.LeftFullTree;
import dev.assay.proof.MemoryFill;
import java.nio.LongBuffer;

/**
 * One thread's work on an image. The unit is a block of 256 chunks, 4096 labels: lane c works on
 * chunk c of the block, one label after the other. So the labels that come out of the lanes are at
 * once, without a way through memory, the message blocks of the lanes that hash the chunks.
 */
final class FillWorker {
  /** The chunks of a block. */
  static final int BLOCK_CHUNKS = Lanes.LANES;

  /** The labels of a chunk. */
  static final int CHUNK_LABELS = 16;

  /** The words of a chaining value. */
  static final int CV_WORDS = 8;

  private static final int LABEL_FLAGS =
      Compression.CHUNK_START | Compression.CHUNK_END | Compression.ROOT | Compression.KEYED_HASH;
  private static final int LABEL_WORDS = MemoryFill.LABEL_BYTES / Long.BYTES;
  private static final int CHUNK_WORDS = 128;
  private static final int MIN_LANES = 32;

  private final Image image;
  private final long labels;
  private final Lanes lanes = new Lanes();

  /** The parents of each lane's label; behind them is room for what keeps their reads alive. */
  private final long[] parents = new long[FillKey.PARENTS * Lanes.LANES + 1];

  private final Touches touches;
  FillWorker(Image image, long labels) {
    touches=new Touches(image.partCount(), parents.length);
    this.image = image;
    this.labels = labels;
  }

  /** Writes chunks {@code [from, to)} of one block after pass 0. */
  void first(FillKey key, long from, long to, int[] blockValues) {
    long block = from / BLOCK_CHUNKS;
    int[] cv = key.value().words();
    lanes.startChaining();
    for (int j = 0; j < CHUNK_LABELS; j++) {
      lanes.zeroMessages();
      lanes.compressLabels(cv, label(block, j), LABEL_FLAGS);
      store(from, to, j);
      hashLabels(block, j);
    }
    keepValue(from, to, blockValues);
  }

  /** Updates chunks {@code [from, to)} of one block and one segment. */
  void update(FillKey key, long afterSegment, long from, long to, int[] blockValues) {
    pre(image.part(from * CHUNK_LABELS), image.at(from * CHUNK_LABELS), (int)(to-from)*CHUNK_LABELS);
    long block = from / BLOCK_CHUNKS;
    int[] cv = key.value().words();
    lanes.startChaining();
    for (int j = 0; j < CHUNK_LABELS; j++) {
      findParents(key, afterSegment, from, to, j);
      loadMixed(from, to, j);
      lanes.compressLabels(cv, label(block, j), LABEL_FLAGS);
      store(from, to, j);
      hashLabels(block, j);
    }
    keepValue(from, to, blockValues);
  }

  /** Hashes a block as it stands in the image: the chaining values of its chunks. */
  int[] chunkValues(long block) {
    long from = block * BLOCK_CHUNKS;
    long to = Math.min(from + BLOCK_CHUNKS, labels / CHUNK_LABELS);
    lanes.startChaining();
    for (int j = 0; j < CHUNK_LABELS; j++) {
      load(from, to, j);
      hashLabels(block, j);
    }
    return values((int) (to - from));
  }

  private void hashLabels(long block, int j) {
    int flags = 0;
    if (j == 0) {
      flags = Compression.CHUNK_START;
    } else if (j == CHUNK_LABELS - 1) {
      flags = Compression.CHUNK_END;
    }
    lanes.compressChunks(block * BLOCK_CHUNKS, flags);
  }

  private void keepValue(long from, long to, int[] blockValues) {
    if (to - from == BLOCK_CHUNKS) {
      int width = BLOCK_CHUNKS;
      while (width > MIN_LANES) {
        lanes.compressParents(width);
        width /= 2;
      }
      int[] value = new LeftFullTree(values(width)).chainingValue();
      int block = (int) (from / BLOCK_CHUNKS);
      System.arraycopy(value, 0, blockValues, block * CV_WORDS, CV_WORDS);
    }
  }

  private int[] values(int width) {
    int[] values = new int[width * CV_WORDS];
    for (int lane = 0; lane < width; lane++) {
      for (int w = 0; w < CV_WORDS; w++) {
        values[lane * CV_WORDS + w] = lanes.chaining(lane, w);
      }
    }
    return values;
  }

  /** Finds the parents of one label of each chunk. */
  private void findParents(FillKey key, long afterSegment, long from, long to, int j) {
    touches.clear();
    int at = 0;
    LongBuffer part = image.part(from * CHUNK_LABELS);
    int self = image.at(from * CHUNK_LABELS + j);
    for (long chunk = from; chunk < to; chunk++, self += CHUNK_WORDS) {
      long i = chunk * CHUNK_LABELS + j;
      for (int k = 0; k < FillKey.PARENTS; k++) {
        long parent = key.parent(labels, afterSegment, i, k + 1, part.get(self + k));
        parents[at++] = parent;
        touches.add(image.partIndex(parent), image.at(parent));
      }
    }
    touches.run(image);
  }

  private void loadMixed(long from, long to, int j) {
    int at = 0;
    int lane = (int) (from % BLOCK_CHUNKS);
    LongBuffer part = image.part(from * CHUNK_LABELS);
    int self = image.at(from * CHUNK_LABELS + j);
    for (long chunk = from; chunk < to; chunk++) {
      mix(lane, part, self, parents[at], parents[at + 1], parents[at + 2]);
      at += FillKey.PARENTS;
      self += CHUNK_WORDS;
      lane++;
    }
  }

  private void mix(int lane, LongBuffer partI, int atI, long p, long q, long r) {
    LongBuffer partP = image.part(p);
    LongBuffer partQ = image.part(q);
    LongBuffer partR = image.part(r);
    int atP = image.at(p);
    int atQ = image.at(q);
    int atR = image.at(r);
    for (int w = 0; w < LABEL_WORDS; w++) {
      lanes.message(
          lane,
          w,
          partI.get(atI + w) ^ partP.get(atP + w) ^ partQ.get(atQ + w) ^ partR.get(atR + w));
    }
  }

  long pp;
  private void pre(LongBuffer part,int at,int n){ if(!PRE)return; long s=0; for(int i=0;i<n;i++) s+=part.get(at+i*8); pp=s; }
  static final boolean PRE=Boolean.getBoolean("pre");
  private void load(long from, long to, int j) {
    int lane = (int) (from % BLOCK_CHUNKS);
    LongBuffer part = image.part(from * CHUNK_LABELS);
    int at = image.at(from * CHUNK_LABELS + j);
    for (long chunk = from; chunk < to; chunk++) {
      for (int w = 0; w < LABEL_WORDS; w++) {
        lanes.message(lane, w, part.get(at + w));
      }
      lane++; at += CHUNK_WORDS;
    }
  }

  private void store(long from, long to, int j) {
    int lane = (int) (from % BLOCK_CHUNKS);
    LongBuffer part = image.part(from * CHUNK_LABELS);
    int at = image.at(from * CHUNK_LABELS + j);
    for (long chunk = from; chunk < to; chunk++) {
      for (int w = 0; w < LABEL_WORDS; w++) {
        part.put(at + w, lanes.message(lane, w));
      }
      lane++; at += CHUNK_WORDS;
    }
  }

  private static long label(long block, int j) {
    return block * BLOCK_CHUNKS * CHUNK_LABELS + j;
  }
}
