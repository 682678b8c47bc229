package dev.assay.proof;

/**
 * Philox4x32-10 (Salmon et al., 2011) over many counters side by side: lane i runs on a first
 * counter word that is i higher. A lane's word lives in a {@code long} so that the machine can
 * multiply the lanes of a round together. Not safe for use by several threads.
 */
public final class Philox {
  /** The size of one lane's output. */
  public static final int BYTES = 16;

  private static final int ROUNDS = 10;
  private static final long WORD = 0xFFFFFFFFL;
  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;

  private final long[][] words;

  /** Room for {@code lanes} counters. */
  public Philox(int lanes) {
    this.words = new long[4][lanes];
  }

  /** Runs {@code lanes} counters from {@code (first, second, third, fourth)} on. */
  public void run(int lanes, int[] counter, int key0, int key1) {
    long[] w0 = words[0];
    long[] w1 = words[1];
    long[] w2 = words[2];
    long[] w3 = words[3];
    for (int i = 0; i < lanes; i++) {
      w0[i] = counter[0] + i & WORD;
      w1[i] = counter[1] & WORD;
      w2[i] = counter[2] & WORD;
      w3[i] = counter[3] & WORD;
    }
    for (int round = 0; round < ROUNDS; round++) {
      round(w0, w1, w2, w3, lanes, key0 + round * WEYL_0 & WORD, key1 + round * WEYL_1 & WORD);
    }
  }

  /** Output word {@code word} of lane {@code lane}. */
  public int word(int lane, int word) {
    return (int) words[word][lane];
  }

  /**
   * Output byte {@code index} of 16 of the first {@code lanes} lanes, each as a signed number, to
   * {@code out} from {@code from} on.
   */
  public void signedBytes(int index, int lanes, int[] out, int from) {
    signedBytes(words[index / Integer.BYTES], 24 - index % Integer.BYTES * 8, lanes, out, from);
  }

  private static void signedBytes(long[] word, int shift, int lanes, int[] out, int from) {
    for (int i = 0; i < lanes; i++) {
      out[from + i] = (int) word[i] << shift >> 24;
    }
  }

  // A method of its own with nothing but the loop in it: the compiler vectorises it only so.
  private static void round(
      long[] w0, long[] w1, long[] w2, long[] w3, int lanes, long key0, long key1) {
    for (int i = 0; i < lanes; i++) {
      long product0 = (w0[i] & WORD) * MULTIPLIER_0;
      long product1 = (w2[i] & WORD) * MULTIPLIER_1;
      long second = w1[i];
      long fourth = w3[i];
      w0[i] = product1 >>> 32 ^ second ^ key0;
      w1[i] = product1 & WORD;
      w2[i] = product0 >>> 32 ^ fourth ^ key1;
      w3[i] = product0 & WORD;
    }
  }
}
