package dev.assay.wire;

import dev.assay.crypto.Digest;
import java.security.MessageDigest;
import java.security.SecureRandom;

/** The 32 bytes that let one node enrol once. It never appears in {@link #toString}. */
public final class Secret {
  /** Bytes of a secret. */
  public static final int SIZE = 32;

  private final byte[] bytes;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The secret with these 32 bytes. */
  public static Secret of(byte[] bytes) {
    if (bytes.length != SIZE) {
      throw new IllegalArgumentException(
          "a secret has " + SIZE + " bytes, but these are " + bytes.length);
    }
    return new Secret(bytes.clone());
  }

  /** A new secret. */
  public static Secret random(SecureRandom random) {
    byte[] bytes = new byte[SIZE];
    random.nextBytes(bytes);
    return new Secret(bytes);
  }

  /** SHA-256 of the secret: all that a coordinator keeps of it. */
  public Digest digest() {
    return Digest.of(bytes);
  }

  byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && MessageDigest.isEqual(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return digest().hashCode();
  }

  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
