package dev.assay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.cli.report.Moment;
import dev.assay.cli.report.Quantity;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay job show}. */
@Command(
    name = "show",
    description = "Show a job: what was asked for, where it stands and how it ended.",
    footerHeading = "%nExamples:%n",
    footer = {"  assay job show job-1f3a…", "  assay job show job-1f3a… --json | jq .end"})
final class JobShowCommand implements Callable<Integer> {
  private final Cli cli;

  @Parameters(paramLabel = "JOB", description = "The job's id.")
  private String id;

  @Option(names = "--json", description = "Print it as JSON.")
  private boolean json;

  JobShowCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws IOException, CommandException {
    JsonNode job = new CoordinatorClient(cli).get("jobs", id);
    cli.out().print(json ? job.toPrettyString() + "\n" : text(job));
    return ExitCode.OK;
  }

  private String text(JsonNode job) {
    StringBuilder out = new StringBuilder();
    line(out, "job", cli.style().strong(job.path("id").asText()));
    line(out, "node", job.path("node").asText());
    line(out, "command", JobWords.command(job));
    if (job.path("spec").has("container")) {
      line(out, "image", job.path("spec").path("container").path("image").asText());
    }
    line(out, "created", Moment.text(job.path("created").asLong()));
    line(out, "state", JobWords.coloured(job, cli.style()));
    if (!job.path("detail").asText().isEmpty()) {
      line(out, "detail", job.path("detail").asText());
    }
    JsonNode end = job.path("end");
    if (end.has("image")) {
      line(out, "ran", end.path("image").asText());
    }
    if (end.has("startedAt")) {
      line(out, "started", Moment.text(end.path("startedAt").asLong()) + " by the node's clock");
    }
    if (end.has("endedAt")) {
      line(out, "ended", Moment.text(end.path("endedAt").asLong()) + " by the node's clock");
      line(out, "stdout", Quantity.bytes(end.path("stdoutBytes").asLong()));
      line(out, "stderr", Quantity.bytes(end.path("stderrBytes").asLong()));
    }
    return out.toString();
  }

  private static void line(StringBuilder out, String name, String value) {
    out.append("%-9s%s%n".formatted(name, value));
  }
}
