package dev.assay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.json.StrictJson;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay job cancel}. */
@Command(
    name = "cancel",
    description = {
      "Ask for a job's end: its node sends it TERM, and KILL after its grace.",
      "A node that is away is told when it comes back."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay job cancel job-1f3a…",
      "  assay job cancel job-1f3a… --reason \"wrong data\""
    })
final class JobCancelCommand implements Callable<Integer> {
  private final Cli cli;

  @Parameters(paramLabel = "JOB", description = "The job's id.")
  private String id;

  @Option(names = "--reason", paramLabel = "TEXT", description = "What the node is told.")
  private Optional<String> reason = Optional.empty();

  @Option(names = "--json", description = "Print the job as JSON.")
  private boolean json;

  JobCancelCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws IOException, CommandException {
    ObjectNode body = StrictJson.newObject();
    reason.ifPresent(text -> body.put("reason", text));
    JsonNode job = new CoordinatorClient(cli).post(body, "jobs", id, "cancel");
    cli.out().println(json ? job.toPrettyString() : id + " is " + JobWords.state(job) + ".");
    return ExitCode.OK;
  }
}
