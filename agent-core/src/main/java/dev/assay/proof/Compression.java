package dev.assay.proof;

/**
 * BLAKE3's compression function, readable, one block at a time. The lanes of {@code proof.cpu} do
 * the same many blocks at a time and are tested against this.
 */
public final class Compression {
  /** The size of a block. */
  public static final int BLOCK_BYTES = 64;

  /** The first block of a chunk. */
  public static final int CHUNK_START = 1;

  /** The last block of a chunk. */
  public static final int CHUNK_END = 2;

  /** An inner node of the tree. */
  public static final int PARENT = 4;

  /** The node that gives the output. */
  public static final int ROOT = 8;

  /** In every compression of a keyed hash. */
  public static final int KEYED_HASH = 16;

  static final int DERIVE_KEY_CONTEXT = 32;
  static final int DERIVE_KEY_MATERIAL = 64;

  private static final int[] IV = {
    0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19
  };
  private static final int ROUNDS = 7;
  private static final int[][] SCHEDULE = schedule();

  private Compression() {}

  /** The chaining value that an unkeyed hash starts from. */
  public static int[] iv() {
    return IV.clone();
  }

  /**
   * Compresses one block of 16 words.
   *
   * @param out receives 16 words; the first 8 are the next chaining value. It may not be {@code cv}
   *     or {@code block}.
   */
  public static void compress(
      int[] cv, int[] block, long counter, int blockLength, int flags, int[] out) {
    System.arraycopy(cv, 0, out, 0, 8);
    System.arraycopy(IV, 0, out, 8, 4);
    out[12] = (int) counter;
    out[13] = (int) (counter >>> Integer.SIZE);
    out[14] = blockLength;
    out[15] = flags;
    for (int round = 0; round < ROUNDS; round++) {
      round(out, block, SCHEDULE[round]);
    }
    for (int i = 0; i < 8; i++) {
      out[i] ^= out[i + 8];
      out[i + 8] ^= cv[i];
    }
  }

  private static void round(int[] v, int[] m, int[] s) {
    mix(v, 0, 4, 8, 12, m[s[0]], m[s[1]]);
    mix(v, 1, 5, 9, 13, m[s[2]], m[s[3]]);
    mix(v, 2, 6, 10, 14, m[s[4]], m[s[5]]);
    mix(v, 3, 7, 11, 15, m[s[6]], m[s[7]]);
    mix(v, 0, 5, 10, 15, m[s[8]], m[s[9]]);
    mix(v, 1, 6, 11, 12, m[s[10]], m[s[11]]);
    mix(v, 2, 7, 8, 13, m[s[12]], m[s[13]]);
    mix(v, 3, 4, 9, 14, m[s[14]], m[s[15]]);
  }

  private static void mix(int[] v, int a, int b, int c, int d, int x, int y) {
    v[a] += v[b] + x;
    v[d] = Integer.rotateRight(v[d] ^ v[a], 16);
    v[c] += v[d];
    v[b] = Integer.rotateRight(v[b] ^ v[c], 12);
    v[a] += v[b] + y;
    v[d] = Integer.rotateRight(v[d] ^ v[a], 8);
    v[c] += v[d];
    v[b] = Integer.rotateRight(v[b] ^ v[c], 7);
  }

  private static int[][] schedule() {
    int[] permutation = {2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8};
    int[][] schedule = new int[ROUNDS][16];
    for (int i = 0; i < 16; i++) {
      schedule[0][i] = i;
    }
    for (int round = 1; round < ROUNDS; round++) {
      for (int i = 0; i < 16; i++) {
        schedule[round][i] = schedule[round - 1][permutation[i]];
      }
    }
    return schedule;
  }
}
