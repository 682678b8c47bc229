package dev.assay.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;

/** The proofs of {@code vectors/proofs-v1.json}, made by an independent implementation. */
public final class ProofVectors {
  private static final JsonNode FILE = read();

  private ProofVectors() {}

  /** One whole proof; {@code fails} is empty where it must pass. */
  public record Case(
      JsonNode json,
      Proof proof,
      String deviceId,
      DeviceSeed seed,
      List<Hash32> roots,
      Hash32 openingSeed,
      Opening opening,
      String fails) {
    @Override
    public String toString() {
      return proof.parameters() + (fails.isEmpty() ? "" : " (" + fails + ")");
    }
  }

  /** The proofs of one kind that must pass. */
  public static List<Case> cases(Class<? extends Proof> kind) {
    return list(FILE.get("cases")).stream()
        .map(ProofVectors::parse)
        .filter(c -> kind.isInstance(c.proof()))
        .toList();
  }

  /** The proofs of one kind that must fail. */
  public static List<Case> forgeries(Class<? extends Proof> kind) {
    return list(FILE.get("forgeries")).stream()
        .map(ProofVectors::parse)
        .filter(c -> kind.isInstance(c.proof()))
        .toList();
  }

  /** The single steps of one name. */
  public static List<JsonNode> steps(String name) {
    return list(FILE.get("steps")).stream()
        .filter(step -> step.get("step").textValue().equals(name))
        .toList();
  }

  /** A hash of the vectors. */
  public static Hash32 hash(JsonNode hex) {
    return Hash32.ofHex(hex.textValue());
  }

  private static Case parse(JsonNode json) {
    Proof proof = proof(json.get("proof"));
    String deviceId = json.get("deviceId").textValue();
    return new Case(
        json,
        proof,
        deviceId,
        DeviceSeed.of(hash(json.get("nonce")), json.get("nodeId").textValue(), deviceId, proof),
        list(json.get("roots")).stream().map(ProofVectors::hash).toList(),
        hash(json.get("openingSeed")),
        new Opening(
            list(json.get("openings")).stream()
                .map(check -> list(check).stream().map(ProofVectors::opened).toList())
                .toList()),
        json.path("fails").asText());
  }

  private static Proof proof(JsonNode json) {
    int checks = json.get("checks").intValue();
    return switch (json.get("name").textValue()) {
      case "memory-fill" ->
          new MemoryFill(json.get("labels").longValue(), json.get("passes").intValue(), checks);
      case "matmul" -> new Matmul(json.get("n").intValue(), json.get("rounds").intValue(), checks);
      case "hash-chain" ->
          new HashChain(
              json.get("workers").intValue(),
              json.get("segments").intValue(),
              json.get("steps").longValue(),
              checks);
      default -> throw new IllegalArgumentException("an unknown proof in the vectors: " + json);
    };
  }

  private static OpenedChunk opened(JsonNode json) {
    JsonNode path = json.get("path");
    String hex =
        path.isTextual()
            ? path.textValue()
            : String.join("", list(path).stream().map(JsonNode::textValue).toList());
    return new OpenedChunk(
        HexFormat.of().parseHex(json.get("chunk").textValue()), HexFormat.of().parseHex(hex));
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  private static JsonNode read() {
    try (InputStream in = ProofVectors.class.getResourceAsStream("/vectors/proofs-v1.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
