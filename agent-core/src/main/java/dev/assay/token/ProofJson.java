package dev.assay.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;
import dev.assay.proof.HashChain;
import dev.assay.proof.Matmul;
import dev.assay.proof.MemoryFill;
import dev.assay.proof.Proof;
import dev.assay.proof.ProofException;

/** A proof and its parameters as the object that tokens.md §2 defines. */
public final class ProofJson {
  private ProofJson() {}

  /**
   * Reads a proof.
   *
   * @throws dev.assay.json.JsonException if it is none
   * @throws ProofException if its parameters are outside their ranges
   */
  public static Proof read(JsonObject json) {
    String name = json.string("name", 64);
    Proof proof =
        switch (name) {
          case "memory-fill" ->
              new MemoryFill(number(json, "labels"), small(json, "passes"), small(json, "checks"));
          case "matmul" -> matmul(json);
          case "hash-chain" ->
              new HashChain(
                  small(json, "workers"),
                  small(json, "segments"),
                  number(json, "steps"),
                  small(json, "checks"));
          default -> throw json.error("name", "expected memory-fill, matmul or hash-chain");
        };
    json.end();
    return proof;
  }

  /** The object for a proof. */
  public static ObjectNode write(Proof proof) {
    ObjectNode json = StrictJson.newObject().put("name", proof.name());
    switch (proof) {
      case MemoryFill fill -> json.put("labels", fill.labels()).put("passes", fill.passes());
      case Matmul matmul ->
          json.put("n", matmul.n()).put("rounds", matmul.rounds()).put("type", "s8");
      case HashChain chain ->
          json.put("workers", chain.workers())
              .put("segments", chain.segments())
              .put("steps", chain.steps());
    }
    return json.put("checks", proof.checks());
  }

  private static Matmul matmul(JsonObject json) {
    if (!json.string("type", 8).equals("s8")) {
      throw json.error("type", "expected \"s8\"");
    }
    return new Matmul(small(json, "n"), small(json, "rounds"), small(json, "checks"));
  }

  private static long number(JsonObject json, String name) {
    return json.integer(name, 0, Claims.MAX_INTEGER);
  }

  private static int small(JsonObject json, String name) {
    return (int) json.integer(name, 0, Integer.MAX_VALUE);
  }
}
