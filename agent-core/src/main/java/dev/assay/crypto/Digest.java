package dev.assay.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 digest: 32 bytes, compared by value. */
public final class Digest {
  /** How many bytes a digest has. */
  public static final int LENGTH = 32;

  private final byte[] bytes;

  private Digest(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a SHA-256 digest has 32 bytes, this has " + bytes.length);
    }
    this.bytes = bytes;
  }

  /** The digest of {@code message}. */
  public static Digest of(byte[] message) {
    return new Digest(sha256().digest(message));
  }

  /** The digest whose value is {@code bytes}. */
  public static Digest ofBytes(byte[] bytes) {
    return new Digest(bytes.clone());
  }

  /** The digest that {@code text} spells in canonical base64url. */
  public static Digest ofBase64Url(String text) {
    return new Digest(Base64Url.decode(text, LENGTH));
  }

  /** The digest that {@code text} spells in 64 lower-case hexadecimal digits. */
  public static Digest ofHex(String text) {
    Digest digest = new Digest(HexFormat.of().parseHex(text));
    if (!digest.hex().equals(text)) {
      throw new IllegalArgumentException("a digest is written in lower-case hexadecimal digits");
    }
    return digest;
  }

  /** A SHA-256 to feed piece by piece; {@link #ofBytes} makes a digest of its result. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** As tokens refer to each other: 43 characters. */
  public String base64Url() {
    return Base64Url.encode(bytes);
  }

  /** As blobs are named: 64 lower-case hexadecimal digits. */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Digest digest && Arrays.equals(bytes, digest.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The same as {@link #base64Url()}. */
  @Override
  public String toString() {
    return base64Url();
  }
}
