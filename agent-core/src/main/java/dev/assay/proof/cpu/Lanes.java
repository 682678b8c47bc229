package dev.assay.proof.cpu;

import static dev.assay.proof.cpu.LaneLoops.STRIDE;

import dev.assay.proof.Compression;
import java.util.Arrays;

/**
 * BLAKE3's compression function on many blocks side by side. Word w of the block in lane i stands
 * in row w, column i: rows 0 to 15 are the state, 16 to 31 the message, 32 to 39 the chaining
 * values. One thread at a time.
 */
final class Lanes {
  /** How many blocks are compressed at a time. */
  static final int LANES = 256;

  private static final int ROUNDS = 7;
  private static final int MESSAGE = 16 * STRIDE;
  private static final int CHAINING = 32 * STRIDE;
  private static final int CV_WORDS = 8;
  private static final int[] IV = Compression.iv();

  private final int[] rows = new int[CHAINING + CV_WORDS * STRIDE];

  /** Sets message words {@code 2·pair} (low half) and {@code 2·pair + 1} of a lane. */
  void message(int lane, int pair, long words) {
    rows[MESSAGE + 2 * pair * STRIDE + lane] = (int) words;
    rows[MESSAGE + (2 * pair + 1) * STRIDE + lane] = (int) (words >>> Integer.SIZE);
  }

  /** Message words {@code 2·pair} and {@code 2·pair + 1} of a lane, where outputs are left too. */
  long message(int lane, int pair) {
    return Integer.toUnsignedLong(rows[MESSAGE + 2 * pair * STRIDE + lane])
        | (long) rows[MESSAGE + (2 * pair + 1) * STRIDE + lane] << Integer.SIZE;
  }

  /** Sets all messages to zero. */
  void zeroMessages() {
    Arrays.fill(rows, MESSAGE, CHAINING, 0);
  }

  /** Sets all chaining values to that of a new plain hash. */
  void startChaining() {
    for (int w = 0; w < CV_WORDS; w++) {
      fill(32 + w, IV[w]);
    }
  }

  /** Chaining value word {@code word} of a lane. */
  int chaining(int lane, int word) {
    return rows[CHAINING + word * STRIDE + lane];
  }

  /**
   * Compresses the messages under one chaining value and leaves all 16 output words in their place.
   *
   * @param counter of lane 0; the next lanes' are 16 apart, and all have the same upper half
   */
  void compressLabels(int[] cv, long counter, int flags) {
    for (int w = 0; w < CV_WORDS; w++) {
      fill(w, cv[w]);
    }
    compress(counter, 16, flags);
    LaneLoops.outputToMessage(rows, cv);
  }

  /**
   * Compresses the messages under the chaining values and leaves the next chaining values. The
   * messages are lost.
   *
   * @param counter of lane 0; the next lanes' are 1 apart, and all have the same upper half
   */
  void compressChunks(long counter, int flags) {
    System.arraycopy(rows, CHAINING, rows, 0, CV_WORDS * STRIDE);
    compress(counter, 1, flags);
    LaneLoops.outputToChaining(rows);
  }

  /**
   * Replaces the chaining values of the first {@code count} lanes, an even number, by the {@code
   * count / 2} of their parents.
   */
  void compressParents(int count) {
    for (int w = 0; w < CV_WORDS; w++) {
      int from = CHAINING + w * STRIDE;
      int left = MESSAGE + w * STRIDE;
      int right = left + CV_WORDS * STRIDE;
      for (int i = 0; i < count / 2; i++) {
        rows[left + i] = rows[from + 2 * i];
        rows[right + i] = rows[from + 2 * i + 1];
      }
      fill(w, IV[w]);
    }
    compress(0, 0, Compression.PARENT);
    LaneLoops.outputToChaining(rows);
  }

  private void compress(long counter, int step, int flags) {
    for (int w = 0; w < 4; w++) {
      fill(8 + w, IV[w]);
    }
    LaneLoops.counters(rows, (int) counter, step);
    fill(13, (int) (counter >>> Integer.SIZE));
    fill(14, Compression.BLOCK_BYTES);
    fill(15, flags);
    for (int round = 0; round < ROUNDS; round++) {
      LaneLoops.mix(rows);
    }
  }

  private void fill(int row, int value) {
    Arrays.fill(rows, row * STRIDE, row * STRIDE + LANES, value);
  }
}
