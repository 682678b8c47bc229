package dev.assay.proof;

import java.util.Arrays;

/**
 * A byte array in memory with the chaining values of its tree's chunks, so that it can be opened
 * anywhere without hashing it again. The bytes stay the caller's and must not change.
 */
public final class CommittedArray {
  private final byte[] bytes;
  private final int[][] chunkValues;

  /** Hashes every chunk. */
  public CommittedArray(byte[] bytes) {
    this.bytes = bytes;
    this.chunkValues = new int[Math.toIntExact(ChunkTree.chunks(bytes.length))][];
    for (int i = 0; i < chunkValues.length; i++) {
      int from = i * ChunkTree.CHUNK_BYTES;
      int length = ChunkTree.chunkBytes(bytes.length, i);
      chunkValues[i] = Blake3.plain().chunk(bytes, from, length, i).chainingValue();
    }
  }

  /** The plain BLAKE3 hash of the bytes. */
  public Hash32 root() {
    if (chunkValues.length == 1) {
      return Blake3.hash(bytes);
    }
    return node(0, chunkValues.length).rootHash();
  }

  /** Chunk {@code index} with its path to the root. */
  public OpenedChunk open(int index) {
    int from = index * ChunkTree.CHUNK_BYTES;
    byte[] chunk =
        Arrays.copyOfRange(bytes, from, from + ChunkTree.chunkBytes(bytes.length, index));
    byte[] path = new byte[ChunkTree.depth(chunkValues.length, index) * Hash32.BYTES];
    int end = path.length;
    int first = 0;
    int count = chunkValues.length;
    while (count > 1) {
      int left = (int) ChunkTree.leftChunks(count);
      boolean goesLeft = index - first < left;
      end -= Hash32.BYTES;
      Words.write(goesLeft ? value(first + left, count - left) : value(first, left), path, end);
      first = goesLeft ? first : first + left;
      count = goesLeft ? left : count - left;
    }
    return new OpenedChunk(chunk, path);
  }

  private int[] value(int first, int count) {
    return count == 1 ? chunkValues[first] : node(first, count).chainingValue();
  }

  private Node node(int first, int count) {
    int left = (int) ChunkTree.leftChunks(count);
    return Blake3.plain().parent(value(first, left), value(first + left, count - left));
  }
}
