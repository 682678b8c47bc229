package dev.assay.crypto;

/** Keys that are the same in every run, as the vectors use them. */
public final class TestKeys {
  private TestKeys() {}

  /** The key whose seed is the 32 bytes from {@code first} up. */
  public static SigningKey counting(int first) {
    byte[] seed = new byte[SigningKey.SEED_LENGTH];
    for (int i = 0; i < seed.length; i++) {
      seed[i] = (byte) (first + i);
    }
    return SigningKey.fromSeed(seed);
  }
}
