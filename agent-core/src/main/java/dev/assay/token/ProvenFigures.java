package dev.assay.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;
import dev.assay.proof.Proven;
import java.util.OptionalLong;

/**
 * What a passed proof is credited with (proofs.md §1): those figures that its kind shows.
 *
 * @param bytes of memory held
 * @param bytesPerSecond of memory read and written
 * @param opsPerSecond exact 8-bit operations
 * @param hashesPerSecond SHA-256
 */
public record ProvenFigures(
    OptionalLong bytes,
    OptionalLong bytesPerSecond,
    OptionalLong opsPerSecond,
    OptionalLong hashesPerSecond) {
  /** No figure, as a proof shows that is too small to be credited. */
  public static final ProvenFigures NONE =
      new ProvenFigures(
          OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

  /** The figures that a verifier credits. */
  public static ProvenFigures of(Proven proven) {
    return new ProvenFigures(
        proven.bytes(), proven.bytesPerSecond(), proven.opsPerSecond(), proven.hashesPerSecond());
  }

  static ProvenFigures read(JsonObject json) {
    ProvenFigures figures =
        new ProvenFigures(
            figure(json, "bytes"),
            figure(json, "bytesPerSecond"),
            figure(json, "opsPerSecond"),
            figure(json, "hashesPerSecond"));
    json.end();
    return figures;
  }

  ObjectNode write() {
    ObjectNode json = StrictJson.newObject();
    bytes.ifPresent(value -> json.put("bytes", value));
    bytesPerSecond.ifPresent(value -> json.put("bytesPerSecond", value));
    opsPerSecond.ifPresent(value -> json.put("opsPerSecond", value));
    hashesPerSecond.ifPresent(value -> json.put("hashesPerSecond", value));
    return json;
  }

  private static OptionalLong figure(JsonObject json, String name) {
    return json.has(name)
        ? OptionalLong.of(json.integer(name, 0, Long.MAX_VALUE))
        : OptionalLong.empty();
  }
}
