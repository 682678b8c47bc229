package dev.assay.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code assay job}. */
@Command(
    name = "job",
    description = "Give jobs to nodes through the coordinator that runs on this home.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      JobSubmitCommand.class,
      JobListCommand.class,
      JobShowCommand.class,
      JobLogsCommand.class,
      JobCancelCommand.class
    })
final class JobCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say \"submit\", \"list\", \"show\", \"logs\" or \"cancel\".");
  }
}
