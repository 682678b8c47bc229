package dev.assay.proof;

/**
 * A node of a BLAKE3 tree before its last compression: it becomes a chaining value inside the tree,
 * or the output at its root.
 */
final class Node {
  private final int[] cv;
  private final int[] block;
  private final long counter;
  private final int blockLength;
  private final int flags;

  /** Keeps the arrays: the caller does not change them afterwards. */
  Node(int[] cv, int[] block, long counter, int blockLength, int flags) {
    this.cv = cv;
    this.block = block;
    this.counter = counter;
    this.blockLength = blockLength;
    this.flags = flags;
  }

  int[] chainingValue() {
    int[] out = new int[16];
    Compression.compress(cv, block, counter, blockLength, flags, out);
    return out;
  }

  Hash32 rootHash() {
    int[] out = new int[16];
    Compression.compress(cv, block, 0, blockLength, flags | Compression.ROOT, out);
    return Hash32.ofWords(out);
  }

  /** {@code length} bytes of the extended output, from byte {@code offset} on. */
  byte[] rootBytes(long offset, int length) {
    byte[] bytes = new byte[length];
    int[] out = new int[16];
    byte[] outBlock = new byte[Compression.BLOCK_BYTES];
    int done = 0;
    while (done < length) {
      long at = offset + done;
      long outCounter = at / Compression.BLOCK_BYTES;
      Compression.compress(cv, block, outCounter, blockLength, flags | Compression.ROOT, out);
      for (int i = 0; i < out.length; i++) {
        Words.put(outBlock, i * Integer.BYTES, out[i]);
      }
      int from = (int) (at % Compression.BLOCK_BYTES);
      int count = Math.min(length - done, Compression.BLOCK_BYTES - from);
      System.arraycopy(outBlock, from, bytes, done, count);
      done += count;
    }
    return bytes;
  }
}
