package dev.assay.proof;

import java.util.ArrayList;
import java.util.List;

/** One round of matmul: its matrices, and how an entry of their product is digested. */
public final class MatmulRound {
  /** The number of matrix A, of which {@link #fill} gives rows. */
  public static final int A = 0;

  /** The number of matrix B, of which {@link #fill} gives columns. */
  public static final int B = 1;

  /** The most entries that {@link #fill} takes at once. */
  public static final int BLOCK = 2048;

  private static final int MASK_WORD = 1;

  private final Hash32 key;
  private final long mask;

  private MatmulRound(Hash32 key) {
    this.key = key;
    this.mask = key.longWord(MASK_WORD);
  }

  /** Round 0. */
  public static MatmulRound first(DeviceSeed seed) {
    return new MatmulRound(Context.MATMUL_KEY.derive(seed.value().bytes()));
  }

  /** The round after this one, whose product has the digest root {@code root}. */
  public MatmulRound next(Hash32 root) {
    return new MatmulRound(Context.MATMUL_KEY.derive(key.bytes(), root.bytes()));
  }

  /** The key that the inputs are made from. */
  public Hash32 key() {
    return key;
  }

  /** What an entry's word is masked with before it is mixed. */
  public long mask() {
    return mask;
  }

  /** The rounds that the roots lead to, one each. */
  static List<MatmulRound> chain(DeviceSeed seed, List<Hash32> roots) {
    List<MatmulRound> rounds = new ArrayList<>();
    rounds.add(first(seed));
    for (Hash32 root : roots.subList(0, roots.size() - 1)) {
      rounds.add(rounds.getLast().next(root));
    }
    return List.copyOf(rounds);
  }

  static MatmulRound ofKey(Hash32 key) {
    return new MatmulRound(key);
  }

  /**
   * Gives entries {@code [from, from + length)} of row {@code v} of A or column {@code v} of B, in
   * an order of its own that is the same for every row and column: byte 0 of each 16 first, then
   * byte 1, and so on. A dot product does not mind, and the lanes stay side by side.
   *
   * @param from a multiple of 16
   * @param length a multiple of 16, at most {@link #BLOCK}
   * @param lanes room for {@code length / 16} counters
   */
  public void fill(int matrix, int v, int from, int length, Philox lanes, int[] out) {
    int count = length / Philox.BYTES;
    int[] counter = {from / Philox.BYTES, v, matrix, key.word(4)};
    lanes.run(count, counter, key.word(0), key.word(1));
    for (int index = 0; index < Philox.BYTES; index++) {
      lanes.signedBytes(index, count, out, index * count);
    }
  }

  /**
   * Adds the digests of the product's entries {@code (i, j + k)} to {@code sums[k]}, for k below
   * {@code length}.
   */
  public void digest(int[] entries, int i, int j, int length, long[] sums) {
    addDigests(entries, length, mask ^ (long) i << 48, j, sums);
  }

  // A method of its own with nothing but the loop in it: the compiler vectorises it only so.
  private static void addDigests(int[] entries, int length, long rowMask, int j, long[] sums) {
    for (int k = 0; k < length; k++) {
      long x = ((entries[k] & 0xFFFFFFFFL) | ((long) (j + k) << 32)) ^ rowMask;
      x *= 0xbf58476d1ce4e5b9L;
      x ^= x >>> 32;
      x *= 0x94d049bb133111ebL;
      x ^= x >>> 32;
      sums[k] += x;
    }
  }
}
