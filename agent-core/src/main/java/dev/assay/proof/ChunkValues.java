package dev.assay.proof;

/**
 * The chaining values of all chunks of a committed array: a 32nd of the array's size, and enough
 * for every path, and for the root where there are two chunks or more. Several threads may set
 * values of different chunks; reading comes after all of them.
 */
public final class ChunkValues {
  private static final int WORDS = Hash32.BYTES / Integer.BYTES;

  private final int[] values;
  private final int chunks;

  /** Room for {@code chunks} of them. */
  public ChunkValues(int chunks) {
    this.chunks = chunks;
    this.values = new int[Math.multiplyExact(chunks, WORDS)];
  }

  /** Hashes chunk {@code index}, which is the {@code length} bytes at {@code from}. */
  public void set(int index, byte[] bytes, int from, int length) {
    int[] value = Blake3.plain().chunk(bytes, from, length, index).chainingValue();
    System.arraycopy(value, 0, values, index * WORDS, WORDS);
  }

  /** The plain BLAKE3 hash of an array of two chunks or more. */
  public Hash32 root() {
    return node(0, chunks).rootHash();
  }

  /** The siblings on the way from chunk {@code index} to the root, 32 bytes a level. */
  public byte[] path(int index) {
    byte[] path = new byte[ChunkTree.depth(chunks, index) * Hash32.BYTES];
    int end = path.length;
    int first = 0;
    int count = chunks;
    while (count > 1) {
      int left = (int) ChunkTree.leftChunks(count);
      boolean goesLeft = index - first < left;
      end -= Hash32.BYTES;
      Words.write(goesLeft ? value(first + left, count - left) : value(first, left), path, end);
      first = goesLeft ? first : first + left;
      count = goesLeft ? left : count - left;
    }
    return path;
  }

  private int[] value(int first, int count) {
    if (count == 1) {
      int[] value = new int[WORDS];
      System.arraycopy(values, first * WORDS, value, 0, WORDS);
      return value;
    }
    return node(first, count).chainingValue();
  }

  private Node node(int first, int count) {
    int left = (int) ChunkTree.leftChunks(count);
    return Blake3.plain().parent(value(first, left), value(first + left, count - left));
  }
}
