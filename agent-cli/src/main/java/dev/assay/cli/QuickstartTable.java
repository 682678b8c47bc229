package dev.assay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.audit.AuditReport;
import dev.assay.cli.report.Quantity;
import dev.assay.cli.report.Style;
import dev.assay.cli.report.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/** What happened in a quickstart, a row for each part. */
final class QuickstartTable {
  private final Style style;
  private final Table table = new Table("what", "result", "measured", "credited to the node");
  private Optional<String> fault = Optional.empty();

  QuickstartTable(Style style) {
    this.style = style;
  }

  /** A device, as the platform evidence has it. */
  void device(String id, JsonNode facts) {
    String model = facts.path("model").path("value").asText("unknown model");
    boolean gpu = id.startsWith("cuda:");
    row(
        id,
        true,
        "described",
        model
            + ", "
            + facts.path(gpu ? "cores" : "threads").path("value").asText("?")
            + (gpu ? " multiprocessors" : " threads"),
        "nothing: its own word");
  }

  void proof(JsonNode proof) {
    List<String> credited = new ArrayList<>();
    JsonNode proven = proof.path("proven");
    add(credited, proven.path("bytes"), Quantity::bytes);
    add(credited, proven.path("bytesPerSecond"), Quantity::bytesPerSecond);
    add(credited, proven.path("opsPerSecond"), Quantity::operationsPerSecond);
    add(credited, proven.path("hashesPerSecond"), Quantity::hashesPerSecond);
    row(
        proof.path("device").asText() + " " + proof.path("parameters").asText(),
        proof.path("state").asText().equals("passed"),
        proof.path("state").asText(),
        proof.has("witnessedMs")
            ? Quantity.time(Duration.ofMillis(proof.path("witnessedMs").asLong()))
                + " of "
                + Quantity.time(Duration.ofMillis(proof.path("deadlineMs").asLong()))
            : "",
        credited.isEmpty() ? proof.path("reason").asText() : String.join(", ", credited));
  }

  void job(JsonNode job, Duration whole) {
    JsonNode end = job.path("end");
    boolean well =
        end.path("outcome").asText().equals("exited") && end.path("exitCode").asInt(-1) == 0;
    row(
        "job " + job.path("id").asText(),
        well,
        well
            ? "exited with code 0"
            : job.path("state").asText() + " " + job.path("detail").asText(),
        Quantity.time(whole)
            + " from order to end, "
            + (end.path("stdoutBytes").asLong() + end.path("stderrBytes").asLong())
            + " bytes of output",
        "");
  }

  void audit(AuditReport report, Duration took) {
    table.line();
    row(
        "log of " + report.size() + " entries",
        report.witnessedSize() > 0,
        report.witnessedSize() > 0 ? "cosigned" : "not cosigned",
        "up to entry " + report.witnessedSize(),
        "");
    row(
        "audit",
        report.holds(),
        report.holds() ? "holds" : report.reason(),
        Quantity.time(took) + " for " + report.openings() + " openings",
        "");
  }

  void coordinatorAudit(AuditReport report) {
    row(
        "audit of the coordinator",
        report.holds(),
        report.holds() ? "holds" : report.reason(),
        "its log of " + report.size() + " entries",
        "");
  }

  /** The first row that is not as it should be, and what it says. */
  Optional<String> fault() {
    return fault;
  }

  String render() {
    return table.render(style);
  }

  private void row(String what, boolean well, String result, String measured, String credited) {
    if (!well && fault.isEmpty()) {
      fault = Optional.of(what + ": " + result);
    }
    table.row(what, well ? style.good(result) : style.bad(result), measured, credited);
  }

  private static void add(List<String> to, JsonNode figure, LongFunction<String> words) {
    if (!figure.isMissingNode()) {
      to.add(words.apply(figure.asLong()));
    }
  }
}
