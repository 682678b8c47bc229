package dev.assay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.cli.report.Quantity;
import dev.assay.cli.report.Table;
import dev.assay.control.ControlClient;
import dev.assay.control.NotRunningException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code assay status}. */
@Command(
    name = "status",
    description = {
      "Show what the agent that runs on this home is doing: its session, devices, proofs and jobs."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  assay status", "  assay status --json | jq .session"})
final class StatusCommand implements Callable<Integer> {
  private final Cli cli;

  @Option(names = "--json", description = "Print it as JSON.")
  private boolean json;

  StatusCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws IOException, CommandException {
    JsonNode status;
    try {
      status = new ControlClient(cli.home().socket()).get("/status").raw();
    } catch (NotRunningException e) {
      throw CommandException.unavailable(
          "No agent runs on " + cli.home().directory() + "; assay run starts one.");
    }
    cli.out().print(json ? status.toPrettyString() + "\n" : text(status));
    return ExitCode.OK;
  }

  private String text(JsonNode status) {
    StringBuilder out = new StringBuilder();
    out.append("node     " + cli.style().strong(status.path("node").asText()))
        .append(", start " + status.path("bootEpoch").asLong() + "\n")
        .append("session  " + session(status.path("session")) + "\n")
        .append(availability(status.path("availability")))
        .append("log      " + status.at("/log/size").asLong() + " entries")
        .append(", " + status.at("/log/cosigned").asLong() + " of them cosigned\n");
    for (JsonNode device : status.path("devices")) {
      out.append("device   " + device.path("id").asText() + " " + work(device.path("work")) + "\n");
    }
    for (JsonNode note : status.path("notes")) {
      out.append("note     " + note.asText() + "\n");
    }
    out.append(proofs(status.path("proofs"))).append(results(status.path("results")));
    return out.append(jobs(status.path("jobs"))).toString();
  }

  /** A line if nothing new is taken on: the owner's word, or the setting that says so now. */
  private String availability(JsonNode availability) {
    return switch (availability.path("state").asText()) {
      case "paused" ->
          "work     %s for %s%s; assay resume ends it%n"
              .formatted(
                  cli.style().bad("paused"),
                  since(availability),
                  availability.has("until")
                      ? ", until "
                          + PauseEnd.text(
                              Instant.parse(availability.path("until").asText()),
                              ZoneId.systemDefault())
                      : "");
      case "draining" -> "work     draining: the agent ends after what runs\n";
      default ->
          availability.has("reason")
              ? "work     nothing new now: %s (%s)%n"
                  .formatted(
                      availability.path("reason").asText(), availability.path("setting").asText())
              : "";
    };
  }

  private String session(JsonNode session) {
    String address = session.path("address").asText();
    return switch (session.path("state").asText()) {
      case "connected" ->
          "%s with %s at %s for %s"
              .formatted(
                  cli.style().good("connected"),
                  session.path("coordinator").asText(),
                  address,
                  since(session));
      case "disconnected" ->
          "%s from %s for %s: %s"
              .formatted(
                  cli.style().bad("disconnected"),
                  address,
                  since(session),
                  session.path("reason").asText());
      default -> "connecting to " + address;
    };
  }

  private String since(JsonNode json) {
    Instant then = Instant.parse(json.path("since").asText());
    return Quantity.time(Duration.between(then, cli.clock().instant()));
  }

  private static String work(JsonNode work) {
    return work.isMissingNode()
        ? "idle"
        : "%s of %s, %d %%"
            .formatted(
                work.path("purpose").asText(),
                work.at("/proof/name").asText(),
                work.path("percent").asInt());
  }

  private static String proofs(JsonNode proofs) {
    StringBuilder out = new StringBuilder();
    for (JsonNode proof : proofs) {
      out.append(
          "proof    %s of %s is %s%n"
              .formatted(
                  proof.at("/proof/name").asText(),
                  proof.path("device").asText(),
                  proof.path("state").asText()));
    }
    return out.toString();
  }

  private String results(JsonNode results) {
    Table table = new Table("device", "proof", "result", "witnessed", "reason");
    for (JsonNode result : results) {
      String status = result.path("status").asText();
      table.row(
          result.path("device").asText(),
          result.at("/proof/name").asText(),
          status.equals("fail") ? cli.style().bad(status) : status,
          result.has("witnessedMs")
              ? Quantity.time(Duration.ofMillis(result.path("witnessedMs").asLong()))
              : "",
          result.path("reason").asText());
    }
    return results.isEmpty() ? "" : "\n" + table.render(cli.style());
  }

  private String jobs(JsonNode jobs) {
    Table table = new Table("job", "state", "reached", "detail");
    for (JsonNode job : jobs) {
      table.row(
          job.path("id").asText(),
          job.path("state").asText(),
          since(job) + " ago",
          job.path("detail").asText());
    }
    return jobs.isEmpty() ? "" : "\n" + table.render(cli.style());
  }
}
