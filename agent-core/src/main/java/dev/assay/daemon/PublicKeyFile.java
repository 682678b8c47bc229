package dev.assay.daemon;

import dev.assay.crypto.PublicKey;
import dev.assay.durable.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The node's public key where others look for it: {@code id.jwk}, in the home and in the log. */
public final class PublicKeyFile {
  private PublicKeyFile() {}

  /** Writes the key as a JWK that everyone can read. */
  public static void write(Path file, PublicKey key) throws IOException {
    DurableFile.replace(file, (key.jwk() + "\n").getBytes(StandardCharsets.US_ASCII), "rw-r--r--");
  }
}
