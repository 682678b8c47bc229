package dev.assay.crypto;

import java.util.Arrays;
import java.util.HexFormat;

/** An Ed25519 key in PKCS #8: RFC 8410 leaves one encoding, a fixed head and the seed. */
final class Pkcs8 {
  private static final byte[] HEAD = HexFormat.of().parseHex("302e020100300506032b657004220420");

  private Pkcs8() {}

  static byte[] encode(SigningKey key) {
    byte[] der = Arrays.copyOf(HEAD, HEAD.length + SigningKey.SEED_LENGTH);
    byte[] seed = key.seed();
    System.arraycopy(seed, 0, der, HEAD.length, seed.length);
    return der;
  }

  /**
   * The key in {@code der}.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static SigningKey decode(byte[] der) {
    if (der.length != HEAD.length + SigningKey.SEED_LENGTH
        || !Arrays.equals(HEAD, 0, HEAD.length, der, 0, HEAD.length)) {
      throw new IllegalArgumentException("it does not hold an Ed25519 private key");
    }
    return SigningKey.fromSeed(Arrays.copyOfRange(der, HEAD.length, der.length));
  }
}
