package dev.assay.proof.cpu;

import static dev.assay.proof.cpu.LaneLoops.STRIDE;

import dev.assay.proof.Compression;
import java.util.Arrays;

/**
 * BLAKE3's compression function on many blocks side by side. Word w of the block in lane i stands
 * in row w, column i: rows 0 to 15 are the state, 16 to 31 the message, 32 to 39 the chaining
 * values; row 40 holds the number of each column. One thread at a time.
 */
final class Lanes {
  /** How many blocks are compressed at a time. */
  static final int LANES = 256;

  /** Rounds of a compression. */
  static final int ROUNDS = 7;

  private static final int MESSAGE = 16 * STRIDE;
  private static final int CHAINING = 32 * STRIDE;
  private static final int CV_WORDS = 8;
  private static final int COLUMNS = CHAINING + CV_WORDS * STRIDE;
  private static final int[] IV = Compression.iv();

  private final int[] rows = new int[COLUMNS + STRIDE];

  private final LaneKernel kernel;

  Lanes(LaneKernel kernel) {
    this.kernel = kernel;
    for (int lane = 0; lane < LANES; lane++) {
      rows[COLUMNS + lane] = lane;
    }
  }

  /** As {@link LaneKernel#load}. */
  void load(int lane, long label, int count) {
    kernel.load(rows, lane, label, count);
  }

  /** As {@link LaneKernel#loadMixed}. */
  void loadMixed(int lane, long label, long[] parents, int count) {
    kernel.loadMixed(rows, lane, label, parents, count);
  }

  /** As {@link LaneKernel#store}. */
  void store(int lane, long label, int count) {
    kernel.store(rows, lane, label, count);
  }

  /** Sets all messages to zero. */
  void zeroMessages() {
    Arrays.fill(rows, MESSAGE, CHAINING, 0);
  }

  /** Sets all chaining values to that of a new plain hash. */
  void startChaining() {
    for (int w = 0; w < CV_WORDS; w++) {
      int row = CHAINING + w * STRIDE;
      Arrays.fill(rows, row, row + LANES, IV[w]);
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
    kernel.compressLabels(rows, cv, counter, flags);
  }

  /**
   * Compresses the messages under the chaining values and leaves the next chaining values. The
   * messages are lost.
   *
   * @param counter of lane 0; the next lanes' are 1 apart, and all have the same upper half
   */
  void compressChunks(long counter, int flags) {
    System.arraycopy(rows, CHAINING, rows, 0, CV_WORDS * STRIDE);
    kernel.compressChaining(rows, counter, 1, flags);
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
    }
    LaneLoops.startChaining(rows, IV);
    kernel.compressChaining(rows, 0, 0, Compression.PARENT);
  }
}
