package dev.assay.proof;

import java.util.Arrays;

/**
 * A byte array in memory with the chaining values of its tree's chunks, so that it can be opened
 * anywhere without hashing it again. The bytes stay the caller's and must not change.
 */
public final class CommittedArray {
  private final byte[] bytes;
  private final int chunks;
  private final ChunkValues values;

  /** Hashes every chunk. */
  public CommittedArray(byte[] bytes) {
    this.bytes = bytes;
    this.chunks = Math.toIntExact(ChunkTree.chunks(bytes.length));
    this.values = new ChunkValues(chunks);
    for (int i = 0; i < chunks; i++) {
      int length = ChunkTree.chunkBytes(bytes.length, i);
      values.set(i, bytes, i * ChunkTree.CHUNK_BYTES, length);
    }
  }

  /** The plain BLAKE3 hash of the bytes. */
  public Hash32 root() {
    return chunks == 1 ? Blake3.hash(bytes) : values.root();
  }

  /** Chunk {@code index} with its path to the root. */
  public OpenedChunk open(int index) {
    int from = index * ChunkTree.CHUNK_BYTES;
    int length = ChunkTree.chunkBytes(bytes.length, index);
    return new OpenedChunk(Arrays.copyOfRange(bytes, from, from + length), values.path(index));
  }
}
