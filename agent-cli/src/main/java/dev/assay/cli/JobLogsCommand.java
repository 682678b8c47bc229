package dev.assay.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay job logs}. */
@Command(
    name = "logs",
    description = "Print what a job has written, byte for byte.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay job logs job-1f3a…              what has arrived of its standard output",
      "  assay job logs -f job-1f3a…           and what comes, until the job has ended",
      "  assay job logs --stderr job-1f3a…     of its standard error",
      "  assay job logs --json job-1f3a…       both as strings of one JSON object"
    })
final class JobLogsCommand implements Callable<Integer> {
  private final Cli cli;

  @Parameters(paramLabel = "JOB", description = "The job's id.")
  private String id;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until the job has ended.")
  private boolean follow;

  @Option(names = "--stderr", description = "Print its standard error instead.")
  private boolean stderr;

  @Option(names = "--json", description = "Print both streams as strings of one JSON object.")
  private boolean json;

  JobLogsCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws IOException, CommandException {
    JobOutput output = new JobOutput(new CoordinatorClient(cli), id, follow);
    if (json) {
      cli.out().println(output.json().toPrettyString());
    } else {
      output.copy(stderr ? "stderr" : "stdout", cli.outBytes());
    }
    return ExitCode.OK;
  }
}
