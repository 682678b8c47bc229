package dev.assay.proof;

/**
 * The chaining values of all chunks of a committed array as they are found: a 32nd of the array's
 * size, and enough for every path, and for the root where there are two chunks or more. Several
 * threads may set values of different chunks; reading comes after all of them.
 */
public final class ChunkValues {
  private static final int WORDS = Hash32.BYTES / Integer.BYTES;

  private final int[] values;
  private LeftFullTree tree;

  /** Room for {@code chunks} of them. */
  public ChunkValues(int chunks) {
    this.values = new int[Math.multiplyExact(chunks, WORDS)];
  }

  /** Hashes chunk {@code index}, which is the {@code length} bytes at {@code from}. */
  public void set(int index, byte[] bytes, int from, int length) {
    int[] value = Blake3.plain().chunk(bytes, from, length, index).chainingValue();
    System.arraycopy(value, 0, values, index * WORDS, WORDS);
  }

  /** The plain BLAKE3 hash of an array of two chunks or more. */
  public Hash32 root() {
    return tree().root();
  }

  /** The siblings on the way from chunk {@code index} to the root, 32 bytes a level. */
  public byte[] path(int index) {
    return tree().path(index);
  }

  private LeftFullTree tree() {
    if (tree == null) {
      tree = new LeftFullTree(values);
    }
    return tree;
  }
}
