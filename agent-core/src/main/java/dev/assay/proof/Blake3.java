package dev.assay.proof;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * BLAKE3 in its three modes with extended output, written to be read. It is fast enough for a
 * verifier; provers hash whole images with lanes of their own.
 */
public final class Blake3 {
  private static final Blake3 PLAIN = new Blake3(Compression.iv(), 0);

  private final int[] key;
  private final int modeFlags;

  private Blake3(int[] key, int modeFlags) {
    this.key = key;
    this.modeFlags = modeFlags;
  }

  /** The hash of the bytes. */
  public static Hash32 hash(byte[] input) {
    return PLAIN.root(input).rootHash();
  }

  /** {@code length} bytes of the hash's extended output, from byte {@code offset} on. */
  public static byte[] hash(byte[] input, long offset, int length) {
    return PLAIN.root(input).rootBytes(offset, length);
  }

  /** {@code length} bytes of the keyed hash's extended output, from byte {@code offset} on. */
  public static byte[] keyedHash(Hash32 key, byte[] input, long offset, int length) {
    return new Blake3(key.words(), Compression.KEYED_HASH).root(input).rootBytes(offset, length);
  }

  /** A key for the purpose that {@code context} names, from the joined material. */
  public static Hash32 deriveKey(String context, byte[]... material) {
    return Hash32.of(deriveKey(context, joined(material), 0, Hash32.BYTES));
  }

  /** {@code length} bytes of the derived key's extended output, from byte {@code offset} on. */
  public static byte[] deriveKey(String context, byte[] material, long offset, int length) {
    int[] contextKey =
        new Blake3(Compression.iv(), Compression.DERIVE_KEY_CONTEXT)
            .root(context.getBytes(StandardCharsets.UTF_8))
            .rootHash()
            .words();
    return new Blake3(contextKey, Compression.DERIVE_KEY_MATERIAL)
        .root(material)
        .rootBytes(offset, length);
  }

  static Blake3 plain() {
    return PLAIN;
  }

  private static byte[] joined(byte[][] parts) {
    int length = 0;
    for (byte[] part : parts) {
      length = Math.addExact(length, part.length);
    }
    byte[] whole = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, whole, at, part.length);
      at += part.length;
    }
    return whole;
  }

  private Node root(byte[] input) {
    return subtree(input, 0, input.length, 0);
  }

  private Node subtree(byte[] input, int from, int length, long firstChunk) {
    long chunks = ChunkTree.chunks(length);
    if (chunks == 1) {
      return chunk(input, from, length, firstChunk);
    }
    long leftChunks = ChunkTree.leftChunks(chunks);
    int leftLength = (int) leftChunks * ChunkTree.CHUNK_BYTES;
    Node left = subtree(input, from, leftLength, firstChunk);
    Node right = subtree(input, from + leftLength, length - leftLength, firstChunk + leftChunks);
    return parent(left.chainingValue(), right.chainingValue());
  }

  /** The chunk of {@code length} ≤ 1024 bytes at {@code from}, which is number {@code index}. */
  Node chunk(byte[] input, int from, int length, long index) {
    int[] cv = key;
    int[] out = new int[16];
    int[] block = new int[16];
    int flags = modeFlags | Compression.CHUNK_START;
    int at = 0;
    while (length - at > Compression.BLOCK_BYTES) {
      readBlock(input, from + at, Compression.BLOCK_BYTES, block);
      Compression.compress(cv, block, index, Compression.BLOCK_BYTES, flags, out);
      cv = Arrays.copyOf(out, 8);
      flags = modeFlags;
      at += Compression.BLOCK_BYTES;
    }
    readBlock(input, from + at, length - at, block);
    return new Node(cv, block, index, length - at, flags | Compression.CHUNK_END);
  }

  Node parent(int[] left, int[] right) {
    int[] block = new int[16];
    System.arraycopy(left, 0, block, 0, 8);
    System.arraycopy(right, 0, block, 8, 8);
    return parent(block);
  }

  /** The parent of two chaining values in one block, which is kept. */
  Node parent(int[] block) {
    return new Node(key, block, 0, Compression.BLOCK_BYTES, modeFlags | Compression.PARENT);
  }

  private static void readBlock(byte[] input, int from, int length, int[] block) {
    byte[] source = input;
    int start = from;
    if (length < Compression.BLOCK_BYTES) {
      source = Arrays.copyOf(Arrays.copyOfRange(input, from, from + length), 64);
      start = 0;
    }
    for (int i = 0; i < block.length; i++) {
      block[i] = Words.get(source, start + i * Integer.BYTES);
    }
  }
}
