package dev.assay.proof;

import java.util.Arrays;

/**
 * The part of a plain BLAKE3 tree above given chaining values, which stand for subtrees of equal
 * width, a power of two; only the last may be narrower. So the leaves may be chunks, or whole
 * blocks of chunks.
 */
public final class LeftFullTree {
  private static final int CV_WORDS = Hash32.BYTES / Integer.BYTES;

  private final int[] leaves;
  private final int count;

  /**
   * A tree of at least one leaf.
   *
   * @param leaves eight words each; they stay the caller's and must not change
   */
  public LeftFullTree(int[] leaves) {
    this.leaves = leaves;
    this.count = leaves.length / CV_WORDS;
  }

  /** The chaining value of the top, where this is not the whole tree. */
  public int[] chainingValue() {
    return chainingValue(0, count);
  }

  /** The root of the whole tree, which has at least two leaves. */
  public Hash32 root() {
    return node(0, count).rootHash();
  }

  /** The siblings on the way from a leaf to the top, the leaf's own first. */
  public byte[] path(int leaf) {
    byte[] path = new byte[ChunkTree.depth(count, leaf) * Hash32.BYTES];
    int end = path.length;
    int first = 0;
    int width = count;
    while (width > 1) {
      int left = (int) ChunkTree.leftChunks(width);
      boolean goesLeft = leaf - first < left;
      end -= Hash32.BYTES;
      Words.write(
          goesLeft ? chainingValue(first + left, width - left) : chainingValue(first, left),
          path,
          end);
      first = goesLeft ? first : first + left;
      width = goesLeft ? left : width - left;
    }
    return path;
  }

  private int[] chainingValue(int first, int width) {
    return width == 1
        ? Arrays.copyOfRange(leaves, first * CV_WORDS, (first + 1) * CV_WORDS)
        : node(first, width).chainingValue();
  }

  private Node node(int first, int width) {
    int left = (int) ChunkTree.leftChunks(width);
    return Blake3.plain()
        .parent(chainingValue(first, left), chainingValue(first + left, width - left));
  }
}
