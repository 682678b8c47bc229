package dev.assay.crypto;

import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 private key. It never shows itself: no getter, no equality, no readable text. */
public final class SigningKey {
  /** How many bytes the seed of a key has. */
  public static final int SEED_LENGTH = Ed25519.SECRET_KEY_SIZE;

  private final byte[] seed;
  private final byte[] publicBytes = new byte[PublicKey.LENGTH];
  private final PublicKey publicKey;

  private SigningKey(byte[] seed) {
    if (seed.length != SEED_LENGTH) {
      throw new IllegalArgumentException(
          "an Ed25519 private key has 32 bytes, this has " + seed.length);
    }
    this.seed = seed;
    Ed25519.generatePublicKey(seed, 0, publicBytes, 0);
    this.publicKey = PublicKey.ofBytes(publicBytes);
  }

  /** The key of a seed. */
  public static SigningKey fromSeed(byte[] seed) {
    return new SigningKey(seed.clone());
  }

  /** A fresh key. */
  public static SigningKey generate(SecureRandom random) {
    byte[] seed = new byte[SEED_LENGTH];
    random.nextBytes(seed);
    return new SigningKey(seed);
  }

  /** The key that verifies what this one signs. */
  public PublicKey publicKey() {
    return publicKey;
  }

  /** The key's name. */
  public KeyId id() {
    return publicKey.id();
  }

  /** The signature of {@code message}: the same 64 bytes each time. */
  public byte[] sign(byte[] message) {
    byte[] signature = new byte[PublicKey.SIGNATURE_LENGTH];
    Ed25519.sign(seed, 0, publicBytes, 0, null, message, 0, message.length, signature, 0);
    return signature;
  }

  /** The secret itself, for its file and its certificate alone. */
  byte[] seed() {
    return seed.clone();
  }

  /** The key's id, never the key. */
  @Override
  public String toString() {
    return id().value();
  }
}
