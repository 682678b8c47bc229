package dev.assay.proof.cpu;

import dev.assay.proof.Chain;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Many chains of hash-chain side by side on one thread: word w of every chain's SHA-256 stands in
 * array w, one lane a chain, and each round goes over all lanes, which the compiler turns into
 * vector code. That is twice and more the speed of one chain after the other, as long as the lanes
 * are many; idle lanes cost as much as busy ones.
 */
final class ChainLanes implements ChainGroup {
  /** The most chains. */
  static final int LANES = 256;

  private static final int ROUNDS = 64;
  private static final int STATE_WORDS = 8;
  private static final int BLOCK_WORDS = 16;
  private static final int SALT_WORDS = 4;
  private static final int SALT_AT = 8;
  private static final int PADDING_AT = 12;
  private static final int LENGTH_AT = 15;
  private static final int PADDING = 0x80000000;
  private static final int INPUT_BITS = (SALT_AT + SALT_WORDS) * Integer.SIZE;

  private static final int[] INITIAL = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
  };

  private static final int[] CONSTANTS = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
  };

  private final int[][] state = new int[STATE_WORDS][LANES];
  private final int[][] salt = new int[SALT_WORDS][LANES];

  /** The block that is hashed; its first eight words are the chains' present values. */
  private final int[][] block = new int[BLOCK_WORDS][LANES];

  /** Goes on from where the chains are; they themselves stay there. At most {@link #LANES}. */
  ChainLanes(List<Chain> chains) {
    for (int lane = 0; lane < chains.size(); lane++) {
      scatter(chains.get(lane).value(), lane, block);
      scatter(chains.get(lane).salt(), lane, salt);
    }
  }

  @Override
  public void run(long steps) {
    for (long i = 0; i < steps; i++) {
      step();
    }
  }

  @Override
  public byte[] value(int lane) {
    ByteBuffer bytes = ByteBuffer.allocate(STATE_WORDS * Integer.BYTES);
    for (int word = 0; word < STATE_WORDS; word++) {
      bytes.putInt(block[word][lane]);
    }
    return bytes.array();
  }

  private static void scatter(byte[] bytes, int lane, int[][] words) {
    ByteBuffer source = ByteBuffer.wrap(bytes);
    for (int word = 0; source.hasRemaining(); word++) {
      words[word][lane] = source.getInt();
    }
  }

  private void step() {
    for (int word = 0; word < SALT_WORDS; word++) {
      System.arraycopy(salt[word], 0, block[SALT_AT + word], 0, LANES);
    }
    Arrays.fill(block[PADDING_AT], PADDING);
    for (int word = PADDING_AT + 1; word < LENGTH_AT; word++) {
      Arrays.fill(block[word], 0);
    }
    Arrays.fill(block[LENGTH_AT], INPUT_BITS);
    for (int word = 0; word < STATE_WORDS; word++) {
      Arrays.fill(state[word], INITIAL[word]);
    }
    compress();
    for (int word = 0; word < STATE_WORDS; word++) {
      add(state[word], INITIAL[word], block[word]);
    }
  }

  private void compress() {
    for (int t = 0; t < ROUNDS; t++) {
      int[] message = block[t % BLOCK_WORDS];
      round(
          variable(-t),
          variable(1 - t),
          variable(2 - t),
          variable(3 - t),
          variable(4 - t),
          variable(5 - t),
          variable(6 - t),
          variable(7 - t),
          message,
          CONSTANTS[t]);
      if (t < ROUNDS - BLOCK_WORDS) {
        extend(
            message,
            block[(t + 1) % BLOCK_WORDS],
            block[(t + 9) % BLOCK_WORDS],
            block[(t + 14) % BLOCK_WORDS]);
      }
    }
  }

  /** The variables change places every round; here the names move instead of the lanes. */
  private int[] variable(int index) {
    return state[index & STATE_WORDS - 1];
  }

  // The loops below stand in methods of their own: the compiler vectorises them only so.

  private static void round(
      int[] a, int[] b, int[] c, int[] d, int[] e, int[] f, int[] g, int[] h, int[] w, int k) {
    for (int i = 0; i < LANES; i++) {
      int ai = a[i];
      int bi = b[i];
      int ei = e[i];
      int gi = g[i];
      int sum1 =
          Integer.rotateRight(ei, 6) ^ Integer.rotateRight(ei, 11) ^ Integer.rotateRight(ei, 25);
      int sum0 =
          Integer.rotateRight(ai, 2) ^ Integer.rotateRight(ai, 13) ^ Integer.rotateRight(ai, 22);
      int chosen = gi ^ (ei & (f[i] ^ gi));
      int majority = (ai & bi) ^ ((ai ^ bi) & c[i]);
      int first = h[i] + sum1 + chosen + k + w[i];
      d[i] += first;
      h[i] = first + sum0 + majority;
    }
  }

  private static void extend(int[] w0, int[] w1, int[] w9, int[] w14) {
    for (int i = 0; i < LANES; i++) {
      int x = w1[i];
      int y = w14[i];
      int sigma0 = Integer.rotateRight(x, 7) ^ Integer.rotateRight(x, 18) ^ (x >>> 3);
      int sigma1 = Integer.rotateRight(y, 17) ^ Integer.rotateRight(y, 19) ^ (y >>> 10);
      w0[i] += sigma0 + w9[i] + sigma1;
    }
  }

  private static void add(int[] words, int constant, int[] out) {
    for (int i = 0; i < LANES; i++) {
      out[i] = words[i] + constant;
    }
  }
}
