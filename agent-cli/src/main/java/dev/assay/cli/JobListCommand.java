package dev.assay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.cli.report.Moment;
import dev.assay.cli.report.Table;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code assay job list}. */
@Command(
    name = "list",
    description = "List the jobs, newest first.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay job list",
      "  assay job list --json | jq -r '.jobs[] | select(.done | not) | .id'"
    })
final class JobListCommand implements Callable<Integer> {
  private static final int NODE_SHOWN = 8;
  private static final int COMMAND_SHOWN = 40;

  private final Cli cli;

  @Option(names = "--json", description = "Print them as JSON.")
  private boolean json;

  JobListCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws IOException, CommandException {
    JsonNode answer = new CoordinatorClient(cli).get("jobs");
    if (json) {
      cli.out().println(answer.toPrettyString());
      return ExitCode.OK;
    }
    Table table = new Table("job", "node", "created", "state", "command");
    for (JsonNode job : answer.path("jobs")) {
      table.row(
          job.path("id").asText(),
          cut(job.path("node").asText(), NODE_SHOWN),
          Moment.text(job.path("created").asLong()),
          JobWords.coloured(job, cli.style()),
          cut(JobWords.command(job).replaceAll("\\p{Cntrl}", " "), COMMAND_SHOWN));
    }
    cli.out()
        .print(
            answer.path("jobs").isEmpty()
                ? "There are no jobs; assay job submit makes one.\n"
                : table.render(cli.style()));
    return ExitCode.OK;
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length) + "…";
  }
}
