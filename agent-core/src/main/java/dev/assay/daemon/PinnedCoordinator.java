package dev.assay.daemon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.crypto.PublicKey;
import dev.assay.durable.DurableFile;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;
import dev.assay.wire.Address;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The one coordinator that this node listens to, as {@code coordinator.json} keeps it from joining
 * on.
 *
 * @param address where it is dialled
 * @param key what it signs with and shows in TLS
 * @param name what it calls itself, for people
 */
public record PinnedCoordinator(Address address, PublicKey key, String name) {
  private static final int MAX_TEXT = 512;

  /**
   * Reads the file, if it is there.
   *
   * @throws IOException if it is damaged; the message says what to do
   */
  public static Optional<PinnedCoordinator> read(Path file) throws IOException {
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try {
      JsonObject json = StrictJson.object(Files.readAllBytes(file), "coordinator");
      PinnedCoordinator pinned =
          new PinnedCoordinator(
              Address.parse(json.string("address", MAX_TEXT)),
              PublicKey.ofJwk(json.string("jwk", MAX_TEXT).getBytes(StandardCharsets.UTF_8)),
              json.string("name", MAX_TEXT));
      json.end();
      return Optional.of(pinned);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          file + " is damaged (" + e.getMessage() + "); remove it and join again", e);
    }
  }

  /** Writes the file; returns once it is durable. */
  public void write(Path file) throws IOException {
    ObjectNode json =
        StrictJson.newObject()
            .put("address", address.toString())
            .put("jwk", key.jwk())
            .put("name", name);
    DurableFile.replace(file, StrictJson.bytes(json));
  }
}
