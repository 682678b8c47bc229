package dev.assay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.assay.proof.HashChain;
import dev.assay.proof.Matmul;
import dev.assay.proof.MemoryFill;
import dev.assay.token.ProofJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Which proofs are asked for: by name, sized by the coordinator, or with exact parameters. */
final class ProofOptions {
  private static final List<String> NAMES = List.of("memory-fill", "matmul", "hash-chain");
  private static final List<String> NAMES_OF_GPUS = List.of("memory-fill", "matmul");
  private static final String ALL = "all";

  @Option(
      names = "--proof",
      paramLabel = "PROOF",
      defaultValue = ALL,
      description =
          "memory-fill, matmul, hash-chain (processors only), or all that the device does, one after"
              + " the other. Default:"
              + " ${DEFAULT-VALUE}.")
  private String proof;

  @Option(
      names = "--labels",
      paramLabel = "N",
      description = "memory-fill: labels of 64 bytes, a multiple of 1024.")
  private Optional<Long> labels = Optional.empty();

  @Option(
      names = "--passes",
      paramLabel = "L",
      description = "memory-fill: passes. Default: 4, on a GPU 16.")
  private Optional<Integer> passes = Optional.empty();

  @Option(names = "--n", paramLabel = "N", description = "matmul: rows, a multiple of 128.")
  private Optional<Integer> n = Optional.empty();

  @Option(names = "--rounds", paramLabel = "R", description = "matmul: products. Default: 2.")
  private Optional<Integer> rounds = Optional.empty();

  @Option(names = "--workers", paramLabel = "W", description = "hash-chain: chains.")
  private Optional<Integer> workers = Optional.empty();

  @Option(
      names = "--segments",
      paramLabel = "P",
      description = "hash-chain: segments of a chain. Default: 16.")
  private Optional<Integer> segments = Optional.empty();

  @Option(
      names = "--steps",
      paramLabel = "T",
      description = "hash-chain: steps of a segment. Default: 250000.")
  private Optional<Long> steps = Optional.empty();

  @Option(
      names = "--checks",
      paramLabel = "K",
      description = "Places that are opened, with exact parameters. Default: 16, hash-chain 32.")
  private Optional<Integer> checks = Optional.empty();

  /** The names of the proofs that a device of this id does. */
  static List<String> names(String device) {
    return isGpu(device) ? NAMES_OF_GPUS : NAMES;
  }

  /** What to ask the coordinator for: names, or one proof as an object. */
  List<JsonNode> requests(String device) {
    if (!proof.equals(ALL) && !NAMES.contains(proof)) {
      throw new IllegalArgumentException(
          "There is no proof " + proof + ": choose one of " + String.join(", ", NAMES) + ", all.");
    }
    refuseStrangers();
    if (Stream.of(labels, passes, n, rounds, workers, segments, steps, checks)
        .allMatch(Optional::isEmpty)) {
      return (proof.equals(ALL) ? names(device) : List.of(proof))
          .stream().<JsonNode>map(TextNode::valueOf).toList();
    }
    return List.of(
        ProofJson.write(
            switch (proof) {
              case "memory-fill" ->
                  new MemoryFill(
                      needed("--labels", labels),
                      passes.orElse(isGpu(device) ? 16 : 4),
                      checks.orElse(16));
              case "matmul" -> new Matmul(needed("--n", n), rounds.orElse(2), checks.orElse(16));
              default ->
                  new HashChain(
                      needed("--workers", workers),
                      segments.orElse(16),
                      steps.orElse(250_000L),
                      checks.orElse(32));
            }));
  }

  private static boolean isGpu(String device) {
    return device.startsWith("cuda:");
  }

  /** Exact parameters are those of one proof, which is named. */
  private void refuseStrangers() {
    Map<String, String> given = new LinkedHashMap<>();
    labels.ifPresent(value -> given.put("--labels", "memory-fill"));
    passes.ifPresent(value -> given.put("--passes", "memory-fill"));
    n.ifPresent(value -> given.put("--n", "matmul"));
    rounds.ifPresent(value -> given.put("--rounds", "matmul"));
    workers.ifPresent(value -> given.put("--workers", "hash-chain"));
    segments.ifPresent(value -> given.put("--segments", "hash-chain"));
    steps.ifPresent(value -> given.put("--steps", "hash-chain"));
    given.forEach(
        (option, of) -> {
          if (!of.equals(proof)) {
            throw new IllegalArgumentException(option + " goes with --proof " + of + " alone.");
          }
        });
    if (checks.isPresent() && given.isEmpty()) {
      throw new IllegalArgumentException(
          "--checks goes with the other exact parameters of one --proof.");
    }
  }

  private static <T> T needed(String option, Optional<T> value) {
    return value.orElseThrow(
        () -> new IllegalArgumentException("Exact parameters need " + option + " too."));
  }
}
