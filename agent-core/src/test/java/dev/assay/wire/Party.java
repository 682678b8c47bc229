package dev.assay.wire;

import dev.assay.crypto.Certificates;
import dev.assay.crypto.KeyId;
import dev.assay.crypto.PublicKey;
import dev.assay.crypto.SigningKey;
import dev.assay.crypto.TlsIdentity;
import java.time.Instant;
import java.util.Arrays;

/** Someone with a key, always the same for the same number. */
record Party(SigningKey key) {
  static Party number(int number) {
    byte[] seed = new byte[SigningKey.SEED_LENGTH];
    Arrays.fill(seed, (byte) number);
    return new Party(SigningKey.fromSeed(seed));
  }

  KeyId id() {
    return key.id();
  }

  PublicKey publicKey() {
    return key.publicKey();
  }

  TlsIdentity identity() {
    return Certificates.selfSigned(key, Instant.parse("2026-11-22T00:00:00Z"));
  }
}
