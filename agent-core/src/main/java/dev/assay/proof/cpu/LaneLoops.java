package dev.assay.proof.cpu;

import dev.assay.proof.Compression;

/**
 * The loops of {@link Lanes}, in the form that C2 turns into vector instructions: one array, rows
 * at constant offsets, a constant number of turns, at most one round a method. Most other forms are
 * several times slower, so measure before changing anything.
 */
final class LaneLoops {
  /** How far rows are apart: no power of two, or they would evict each other from the cache. */
  static final int STRIDE = 272;

  /**
   * How many columns the loops work on. Half as many take as long, twice as many leave the cache.
   */
  static final int TURNS = Lanes.LANES;

  private static final int IV0 = Compression.iv()[0];
  private static final int IV1 = Compression.iv()[1];
  private static final int IV2 = Compression.iv()[2];
  private static final int IV3 = Compression.iv()[3];

  private LaneLoops() {}

  /**
   * One round on the state in rows 0 to 15 with the message in rows 16 to 31, which is left in the
   * order of the next round.
   */
  static void mix(int[] v) {
    for (int i = 0; i < TURNS; i++) {
      int v0 = v[i];
      int v1 = v[i + STRIDE];
      int v2 = v[i + 2 * STRIDE];
      int v3 = v[i + 3 * STRIDE];
      int v4 = v[i + 4 * STRIDE];
      int v5 = v[i + 5 * STRIDE];
      int v6 = v[i + 6 * STRIDE];
      int v7 = v[i + 7 * STRIDE];
      int v8 = v[i + 8 * STRIDE];
      int v9 = v[i + 9 * STRIDE];
      int v10 = v[i + 10 * STRIDE];
      int v11 = v[i + 11 * STRIDE];
      int v12 = v[i + 12 * STRIDE];
      int v13 = v[i + 13 * STRIDE];
      int v14 = v[i + 14 * STRIDE];
      int v15 = v[i + 15 * STRIDE];
      int m0 = v[i + 16 * STRIDE];
      int m1 = v[i + 17 * STRIDE];
      int m2 = v[i + 18 * STRIDE];
      int m3 = v[i + 19 * STRIDE];
      int m4 = v[i + 20 * STRIDE];
      int m5 = v[i + 21 * STRIDE];
      int m6 = v[i + 22 * STRIDE];
      int m7 = v[i + 23 * STRIDE];
      int m8 = v[i + 24 * STRIDE];
      int m9 = v[i + 25 * STRIDE];
      int m10 = v[i + 26 * STRIDE];
      int m11 = v[i + 27 * STRIDE];
      int m12 = v[i + 28 * STRIDE];
      int m13 = v[i + 29 * STRIDE];
      int m14 = v[i + 30 * STRIDE];
      int m15 = v[i + 31 * STRIDE];
      v0 = v0 + m0 + v4;
      v12 = Integer.rotateRight(v12 ^ v0, 16);
      v8 += v12;
      v4 = Integer.rotateRight(v4 ^ v8, 12);
      v0 = v0 + m1 + v4;
      v12 = Integer.rotateRight(v12 ^ v0, 8);
      v8 += v12;
      v4 = Integer.rotateRight(v4 ^ v8, 7);
      v1 = v1 + m2 + v5;
      v13 = Integer.rotateRight(v13 ^ v1, 16);
      v9 += v13;
      v5 = Integer.rotateRight(v5 ^ v9, 12);
      v1 = v1 + m3 + v5;
      v13 = Integer.rotateRight(v13 ^ v1, 8);
      v9 += v13;
      v5 = Integer.rotateRight(v5 ^ v9, 7);
      v2 = v2 + m4 + v6;
      v14 = Integer.rotateRight(v14 ^ v2, 16);
      v10 += v14;
      v6 = Integer.rotateRight(v6 ^ v10, 12);
      v2 = v2 + m5 + v6;
      v14 = Integer.rotateRight(v14 ^ v2, 8);
      v10 += v14;
      v6 = Integer.rotateRight(v6 ^ v10, 7);
      v3 = v3 + m6 + v7;
      v15 = Integer.rotateRight(v15 ^ v3, 16);
      v11 += v15;
      v7 = Integer.rotateRight(v7 ^ v11, 12);
      v3 = v3 + m7 + v7;
      v15 = Integer.rotateRight(v15 ^ v3, 8);
      v11 += v15;
      v7 = Integer.rotateRight(v7 ^ v11, 7);
      v0 = v0 + m8 + v5;
      v15 = Integer.rotateRight(v15 ^ v0, 16);
      v10 += v15;
      v5 = Integer.rotateRight(v5 ^ v10, 12);
      v0 = v0 + m9 + v5;
      v15 = Integer.rotateRight(v15 ^ v0, 8);
      v10 += v15;
      v5 = Integer.rotateRight(v5 ^ v10, 7);
      v1 = v1 + m10 + v6;
      v12 = Integer.rotateRight(v12 ^ v1, 16);
      v11 += v12;
      v6 = Integer.rotateRight(v6 ^ v11, 12);
      v1 = v1 + m11 + v6;
      v12 = Integer.rotateRight(v12 ^ v1, 8);
      v11 += v12;
      v6 = Integer.rotateRight(v6 ^ v11, 7);
      v2 = v2 + m12 + v7;
      v13 = Integer.rotateRight(v13 ^ v2, 16);
      v8 += v13;
      v7 = Integer.rotateRight(v7 ^ v8, 12);
      v2 = v2 + m13 + v7;
      v13 = Integer.rotateRight(v13 ^ v2, 8);
      v8 += v13;
      v7 = Integer.rotateRight(v7 ^ v8, 7);
      v3 = v3 + m14 + v4;
      v14 = Integer.rotateRight(v14 ^ v3, 16);
      v9 += v14;
      v4 = Integer.rotateRight(v4 ^ v9, 12);
      v3 = v3 + m15 + v4;
      v14 = Integer.rotateRight(v14 ^ v3, 8);
      v9 += v14;
      v4 = Integer.rotateRight(v4 ^ v9, 7);
      v[i] = v0;
      v[i + STRIDE] = v1;
      v[i + 2 * STRIDE] = v2;
      v[i + 3 * STRIDE] = v3;
      v[i + 4 * STRIDE] = v4;
      v[i + 5 * STRIDE] = v5;
      v[i + 6 * STRIDE] = v6;
      v[i + 7 * STRIDE] = v7;
      v[i + 8 * STRIDE] = v8;
      v[i + 9 * STRIDE] = v9;
      v[i + 10 * STRIDE] = v10;
      v[i + 11 * STRIDE] = v11;
      v[i + 12 * STRIDE] = v12;
      v[i + 13 * STRIDE] = v13;
      v[i + 14 * STRIDE] = v14;
      v[i + 15 * STRIDE] = v15;
      v[i + 16 * STRIDE] = m2;
      v[i + 17 * STRIDE] = m6;
      v[i + 18 * STRIDE] = m3;
      v[i + 19 * STRIDE] = m10;
      v[i + 20 * STRIDE] = m7;
      v[i + 21 * STRIDE] = m0;
      v[i + 22 * STRIDE] = m4;
      v[i + 23 * STRIDE] = m13;
      v[i + 24 * STRIDE] = m1;
      v[i + 25 * STRIDE] = m11;
      v[i + 26 * STRIDE] = m12;
      v[i + 27 * STRIDE] = m5;
      v[i + 28 * STRIDE] = m9;
      v[i + 29 * STRIDE] = m14;
      v[i + 30 * STRIDE] = m15;
      v[i + 31 * STRIDE] = m8;
    }
  }

  /** All 16 words of output into the message rows, where {@code cv} was the chaining value. */
  static void outputToMessage(int[] v, int[] cv) {
    int k0 = cv[0];
    int k1 = cv[1];
    int k2 = cv[2];
    int k3 = cv[3];
    int k4 = cv[4];
    int k5 = cv[5];
    int k6 = cv[6];
    int k7 = cv[7];
    for (int i = 0; i < TURNS; i++) {
      int high0 = v[i + 8 * STRIDE];
      v[i + 16 * STRIDE] = v[i] ^ high0;
      v[i + 24 * STRIDE] = high0 ^ k0;
      int high1 = v[i + 9 * STRIDE];
      v[i + 17 * STRIDE] = v[i + STRIDE] ^ high1;
      v[i + 25 * STRIDE] = high1 ^ k1;
      int high2 = v[i + 10 * STRIDE];
      v[i + 18 * STRIDE] = v[i + 2 * STRIDE] ^ high2;
      v[i + 26 * STRIDE] = high2 ^ k2;
      int high3 = v[i + 11 * STRIDE];
      v[i + 19 * STRIDE] = v[i + 3 * STRIDE] ^ high3;
      v[i + 27 * STRIDE] = high3 ^ k3;
      int high4 = v[i + 12 * STRIDE];
      v[i + 20 * STRIDE] = v[i + 4 * STRIDE] ^ high4;
      v[i + 28 * STRIDE] = high4 ^ k4;
      int high5 = v[i + 13 * STRIDE];
      v[i + 21 * STRIDE] = v[i + 5 * STRIDE] ^ high5;
      v[i + 29 * STRIDE] = high5 ^ k5;
      int high6 = v[i + 14 * STRIDE];
      v[i + 22 * STRIDE] = v[i + 6 * STRIDE] ^ high6;
      v[i + 30 * STRIDE] = high6 ^ k6;
      int high7 = v[i + 15 * STRIDE];
      v[i + 23 * STRIDE] = v[i + 7 * STRIDE] ^ high7;
      v[i + 31 * STRIDE] = high7 ^ k7;
    }
  }

  /** The next chaining values into rows 32 to 39. */
  static void outputToChaining(int[] v) {
    for (int i = 0; i < TURNS; i++) {
      v[i + 32 * STRIDE] = v[i] ^ v[i + 8 * STRIDE];
      v[i + 33 * STRIDE] = v[i + STRIDE] ^ v[i + 9 * STRIDE];
      v[i + 34 * STRIDE] = v[i + 2 * STRIDE] ^ v[i + 10 * STRIDE];
      v[i + 35 * STRIDE] = v[i + 3 * STRIDE] ^ v[i + 11 * STRIDE];
      v[i + 36 * STRIDE] = v[i + 4 * STRIDE] ^ v[i + 12 * STRIDE];
      v[i + 37 * STRIDE] = v[i + 5 * STRIDE] ^ v[i + 13 * STRIDE];
      v[i + 38 * STRIDE] = v[i + 6 * STRIDE] ^ v[i + 14 * STRIDE];
      v[i + 39 * STRIDE] = v[i + 7 * STRIDE] ^ v[i + 15 * STRIDE];
    }
  }

  /** Everything of the state but its chaining value; row 40 holds the number of each column. */
  static void startState(int[] v, int counter, int step, int counterHigh, int flags) {
    for (int i = 0; i < TURNS; i++) {
      v[i + 8 * STRIDE] = IV0;
      v[i + 9 * STRIDE] = IV1;
      v[i + 10 * STRIDE] = IV2;
      v[i + 11 * STRIDE] = IV3;
      v[i + 12 * STRIDE] = counter + step * v[i + 40 * STRIDE];
      v[i + 13 * STRIDE] = counterHigh;
      v[i + 14 * STRIDE] = Compression.BLOCK_BYTES;
      v[i + 15 * STRIDE] = flags;
    }
  }

  /** One chaining value for all. */
  static void startChaining(int[] v, int[] cv) {
    int k0 = cv[0];
    int k1 = cv[1];
    int k2 = cv[2];
    int k3 = cv[3];
    int k4 = cv[4];
    int k5 = cv[5];
    int k6 = cv[6];
    int k7 = cv[7];
    for (int i = 0; i < TURNS; i++) {
      v[i] = k0;
      v[i + STRIDE] = k1;
      v[i + 2 * STRIDE] = k2;
      v[i + 3 * STRIDE] = k3;
      v[i + 4 * STRIDE] = k4;
      v[i + 5 * STRIDE] = k5;
      v[i + 6 * STRIDE] = k6;
      v[i + 7 * STRIDE] = k7;
    }
  }
}
