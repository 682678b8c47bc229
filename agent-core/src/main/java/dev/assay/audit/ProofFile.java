package dev.assay.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.json.JsonException;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;
import dev.assay.proof.DeviceSeed;
import dev.assay.proof.Hash32;
import dev.assay.proof.OpenedChunk;
import dev.assay.proof.Opening;
import dev.assay.proof.Picks;
import dev.assay.proof.Proof;
import dev.assay.proof.ProofException;
import dev.assay.proof.Verdict;
import dev.assay.proof.Verifier;
import dev.assay.token.ProofJson;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Whole proofs in a JSON file, in the form of the specification's vectors: an object whose {@code
 * cases} each have everything that a verifier needs, bytes in hexadecimal. What a case says of its
 * own in-between values ({@code deviceSeed}, {@code openingKey}, {@code q0}, {@code parameters}) is
 * compared too.
 */
public final class ProofFile {
  private static final int MAX_CASES = 1 << 16;
  private static final int MAX_HEX = 1 << 14;

  private ProofFile() {}

  /**
   * One case of a file.
   *
   * @param name its number and its proof, as in {@code case 2 (matmul/128/1/s8/3)}
   */
  public record Result(String name, Verdict verdict) {}

  /**
   * Checks every case of a file, in order.
   *
   * @param what names the file in errors
   * @throws JsonException if it has not the form of such a file
   */
  public static List<Result> check(byte[] file, String what) {
    JsonObject whole = StrictJson.object(file, what);
    List<JsonObject> cases = whole.objects("cases", MAX_CASES);
    if (cases.isEmpty()) {
      throw whole.error("cases", "expected one case at least");
    }
    List<Result> results = new ArrayList<>();
    for (JsonObject json : cases) {
      results.add(checkCase(json, "case " + results.size()));
    }
    return results;
  }

  private static Result checkCase(JsonObject json, String name) {
    try {
      Proof proof = ProofJson.read(json.object("proof"));
      return new Result(name + " (" + proof.parameters() + ")", verdict(json, proof));
    } catch (ProofException e) {
      return new Result(name, new Verdict.Fail(e.getMessage()));
    }
  }

  private static Verdict verdict(JsonObject json, Proof proof) {
    DeviceSeed seed = seed(json, proof);
    List<Hash32> roots = new ArrayList<>();
    for (String root : json.strings("roots", MAX_CASES, MAX_HEX)) {
      roots.add(hash(json, "roots", root));
    }
    Hash32 openingSeed = hash(json, "openingSeed");
    Opening opening = opening(json);
    Picks picks = Picks.of(seed, roots, openingSeed);
    return different(json, "parameters", proof.parameters())
        .or(() -> different(json, "deviceSeed", seed.value().hex()))
        .or(() -> different(json, "openingKey", picks.openingKey().hex()))
        .or(() -> different(json, "q0", Long.toUnsignedString(picks.word(0))))
        .orElseGet(() -> new Verifier().verify(proof, seed, roots, openingSeed, opening));
  }

  private static DeviceSeed seed(JsonObject json, Proof proof) {
    String deviceId = json.string("deviceId", MAX_HEX);
    Hash32 nonce = hash(json, "nonce");
    try {
      return DeviceSeed.of(nonce, json.string("nodeId", MAX_HEX), deviceId, proof);
    } catch (IllegalArgumentException e) {
      throw new JsonException(json.place(), e.getMessage());
    }
  }

  private static Optional<Verdict> different(JsonObject json, String name, String computed) {
    return json.optionalString(name, MAX_HEX)
        .filter(stated -> !stated.equals(computed))
        .map(stated -> new Verdict.Fail(name + ": expected " + computed + ", found " + stated));
  }

  private static Opening opening(JsonObject json) {
    List<List<OpenedChunk>> checks = new ArrayList<>();
    for (JsonNode check : json.any("openings")) {
      List<OpenedChunk> chunks = new ArrayList<>();
      for (JsonNode opened : check) {
        chunks.add(
            new OpenedChunk(
                bytes(json, "openings", opened.path("chunk").asText()),
                bytes(json, "openings", opened.path("path").asText())));
      }
      checks.add(chunks);
    }
    return new Opening(checks);
  }

  private static Hash32 hash(JsonObject json, String name) {
    return hash(json, name, json.string(name, MAX_HEX));
  }

  private static Hash32 hash(JsonObject json, String name, String hex) {
    byte[] bytes = bytes(json, name, hex);
    if (bytes.length != Hash32.BYTES) {
      throw json.error(name, "expected 64 hexadecimal digits, found " + hex.length());
    }
    return Hash32.of(bytes);
  }

  private static byte[] bytes(JsonObject json, String name, String hex) {
    try {
      return HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException e) {
      throw json.error(name, "expected hexadecimal digits: " + e.getMessage());
    }
  }
}
