package dev.assay.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The part of a plain BLAKE3 tree above given chaining values, which stand for subtrees of equal
 * width, a power of two; only the last may be narrower. So the leaves may be chunks, or whole
 * blocks of chunks. Neighbours are joined level by level, and one without a neighbour goes up as it
 * is: that is the same tree as splitting off the largest power of two from the left.
 */
public final class LeftFullTree {
  private static final int CV_WORDS = Hash32.BYTES / Integer.BYTES;

  private final List<int[]> levels = new ArrayList<>();

  /**
   * Joins the leaves, of which there is at least one.
   *
   * @param leaves eight words each; they stay the caller's and must not change
   */
  public LeftFullTree(int[] leaves) {
    levels.add(leaves);
    while (levels.getLast().length > 2 * CV_WORDS) {
      levels.add(joined(levels.getLast()));
    }
  }

  /** The eight words of the top's chaining value, where this is not the whole tree. */
  public int[] chainingValue() {
    int[] top = levels.getLast();
    return Arrays.copyOf(top.length == CV_WORDS ? top : node(top, 0).chainingValue(), CV_WORDS);
  }

  /** The root of the whole tree, which has at least two leaves. */
  public Hash32 root() {
    return node(levels.getLast(), 0).rootHash();
  }

  /** The siblings on the way from a leaf to the top, the leaf's own first. */
  public byte[] path(int leaf) {
    byte[] path = new byte[levels.size() * Hash32.BYTES];
    int end = 0;
    int index = leaf;
    for (int[] level : levels) {
      int sibling = index ^ 1;
      if (sibling * CV_WORDS < level.length) {
        Words.write(level, sibling * CV_WORDS, path, end);
        end += Hash32.BYTES;
      }
      index /= 2;
    }
    return Arrays.copyOf(path, end);
  }

  private static int[] joined(int[] level) {
    int pairs = level.length / (2 * CV_WORDS);
    int odd = level.length % (2 * CV_WORDS);
    int[] above = new int[pairs * CV_WORDS + odd];
    for (int i = 0; i < pairs; i++) {
      int[] value = node(level, i).chainingValue();
      System.arraycopy(value, 0, above, i * CV_WORDS, CV_WORDS);
    }
    System.arraycopy(level, level.length - odd, above, pairs * CV_WORDS, odd);
    return above;
  }

  private static Node node(int[] level, int pair) {
    int from = pair * 2 * CV_WORDS;
    return Blake3.plain().parent(Arrays.copyOfRange(level, from, from + 2 * CV_WORDS));
  }
}
