package dev.assay.log;

import dev.assay.crypto.SigningKey;

/** The keys and names of the test vectors (tokens.md §4). */
public final class LogKeys {
  public static final String ORIGIN = "node.example/log";
  public static final String WITNESS = "witness.example/w1";
  public static final SigningKey LOG_KEY = key(0x00);
  public static final SigningKey WITNESS_KEY = key(0x20);
  public static final NoteKey LOG = NoteKey.ofLog(ORIGIN, LOG_KEY.publicKey());
  public static final NoteKey COSIGNER = NoteKey.ofWitness(WITNESS, WITNESS_KEY.publicKey());

  private LogKeys() {}

  /** The key whose seed counts up from this byte. */
  public static SigningKey key(int first) {
    byte[] seed = new byte[SigningKey.SEED_LENGTH];
    for (int i = 0; i < seed.length; i++) {
      seed[i] = (byte) (first + i);
    }
    return SigningKey.fromSeed(seed);
  }
}
