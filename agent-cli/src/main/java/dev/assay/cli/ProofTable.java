package dev.assay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.cli.report.Quantity;
import dev.assay.cli.report.Style;
import dev.assay.cli.report.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/** Proofs as a coordinator answers them, a row each. */
final class ProofTable {
  private ProofTable() {}

  static String of(Iterable<? extends JsonNode> proofs, Style style) {
    Table table =
        new Table("proof", "device", "parameters", "result", "witnessed", "deadline", "credited");
    for (JsonNode proof : proofs) {
      table.row(
          proof.path("id").asText(),
          proof.path("device").asText(),
          proof.path("parameters").asText(),
          result(proof.path("state").asText(), style),
          proof.has("witnessedMs") ? time(proof.path("witnessedMs")) : "-",
          time(proof.path("deadlineMs")),
          outcome(proof));
    }
    return table.render(style);
  }

  private static String result(String state, Style style) {
    return switch (state) {
      case "passed" -> style.good(state);
      case "failed" -> style.bad(state);
      default -> state;
    };
  }

  private static String time(JsonNode millis) {
    return Quantity.time(Duration.ofMillis(millis.asLong()));
  }

  /** What is credited, or why nothing is. */
  private static String outcome(JsonNode proof) {
    List<String> figures = new ArrayList<>();
    JsonNode proven = proof.path("proven");
    add(figures, proven.path("bytes"), Quantity::bytes);
    add(figures, proven.path("bytesPerSecond"), Quantity::bytesPerSecond);
    add(figures, proven.path("opsPerSecond"), Quantity::operationsPerSecond);
    add(figures, proven.path("hashesPerSecond"), Quantity::hashesPerSecond);
    return figures.isEmpty() ? proof.path("reason").asText() : String.join(", ", figures);
  }

  private static void add(List<String> to, JsonNode figure, LongFunction<String> words) {
    if (!figure.isMissingNode()) {
      to.add(words.apply(figure.asLong()));
    }
  }
}
