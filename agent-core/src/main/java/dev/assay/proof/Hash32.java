package dev.assay.proof;

import java.util.Arrays;
import java.util.HexFormat;

/** Thirty-two bytes: a hash, a key, a nonce. Immutable, equal by value. */
public final class Hash32 {
  /** Its size. */
  public static final int BYTES = 32;

  private final byte[] bytes;

  private Hash32(byte[] owned) {
    this.bytes = owned;
  }

  /** A copy of exactly 32 bytes. */
  public static Hash32 of(byte[] bytes) {
    return of(bytes, 0, bytes.length);
  }

  /** A copy of the 32 bytes in {@code [from, to)}. */
  public static Hash32 of(byte[] bytes, int from, int to) {
    if (to - from != BYTES) {
      throw new IllegalArgumentException("expected 32 bytes, found " + (to - from));
    }
    return new Hash32(Arrays.copyOfRange(bytes, from, to));
  }

  /** From 64 hexadecimal digits. */
  public static Hash32 ofHex(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  /** From the first eight words, little-endian. */
  public static Hash32 ofWords(int[] words) {
    byte[] bytes = new byte[BYTES];
    for (int i = 0; i < BYTES / Integer.BYTES; i++) {
      Words.put(bytes, i * Integer.BYTES, words[i]);
    }
    return new Hash32(bytes);
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The bytes as eight little-endian words. */
  public int[] words() {
    return Words.read(bytes, 0, BYTES / Integer.BYTES);
  }

  /** Little-endian 32-bit word {@code index} of eight. */
  public int word(int index) {
    return Words.get(bytes, index * Integer.BYTES);
  }

  /** Little-endian 64-bit word {@code index} of four. */
  public long longWord(int index) {
    return Integer.toUnsignedLong(word(2 * index)) | (long) word(2 * index + 1) << Integer.SIZE;
  }

  /** 64 lower-case hexadecimal digits. */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash32 hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return hex();
  }
}
