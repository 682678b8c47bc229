package dev.assay.proof;

/**
 * The shape of BLAKE3's tree over chunks of 1024 bytes, and the paths through it. The tree is
 * left-full: the left subtree of n chunks has the largest power of two below n. A path is the
 * chaining values of the siblings on the way from a chunk to the root, the chunk's own sibling
 * first (proofs.md §1).
 */
public final class ChunkTree {
  /** The size of every chunk but the last. */
  public static final int CHUNK_BYTES = 1024;

  private ChunkTree() {}

  /** How many chunks an array of {@code length} bytes has. */
  public static long chunks(long length) {
    return Math.max(1, (length + CHUNK_BYTES - 1) / CHUNK_BYTES);
  }

  /** How many bytes chunk {@code chunk} of an array of {@code length} bytes has. */
  public static int chunkBytes(long length, long chunk) {
    return (int) Math.min(CHUNK_BYTES, length - chunk * CHUNK_BYTES);
  }

  /** How many chunks the left subtree of {@code chunks} ≥ 2 has. */
  public static long leftChunks(long chunks) {
    return Long.highestOneBit(chunks - 1);
  }

  /** How many siblings chunk {@code chunk} of {@code chunks} has on its way to the root. */
  public static int depth(long chunks, long chunk) {
    return way(chunks, chunk).depth();
  }

  /**
   * Whether {@code opened} is chunk {@code chunk} of the array of {@code length} bytes whose BLAKE3
   * hash is {@code root}. Any chunk and path may be given; wrong sizes are simply not it.
   */
  public static boolean proves(Hash32 root, long length, long chunk, OpenedChunk opened) {
    Way way = way(chunks(length), chunk);
    byte[] bytes = opened.chunk();
    byte[] path = opened.path();
    if (bytes.length != chunkBytes(length, chunk) || path.length != way.depth() * Hash32.BYTES) {
      return false;
    }
    Blake3 plain = Blake3.plain();
    Node node = plain.chunk(bytes, 0, bytes.length, chunk);
    for (int level = 0; level < way.depth(); level++) {
      int[] own = node.chainingValue();
      int[] sibling = Words.read(path, level * Hash32.BYTES, Hash32.BYTES / Integer.BYTES);
      node = way.isLeft(level) ? plain.parent(own, sibling) : plain.parent(sibling, own);
    }
    return node.rootHash().equals(root);
  }

  private static Way way(long chunks, long chunk) {
    long turns = 0;
    int depth = 0;
    long width = chunks;
    long index = chunk;
    while (width > 1) {
      long left = leftChunks(width);
      boolean goesLeft = index < left;
      turns = turns << 1 | (goesLeft ? 1 : 0);
      index = goesLeft ? index : index - left;
      width = goesLeft ? left : width - left;
      depth++;
    }
    return new Way(turns, depth);
  }

  /**
   * The turns from the root to a chunk; bit {@code level} is set where the node is a left child.
   */
  private record Way(long turns, int depth) {
    boolean isLeft(int level) {
      return (turns >>> level & 1) == 1;
    }
  }
}
