package dev.assay.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code assay log}. */
@Command(
    name = "log",
    description = "Use the public log of this home.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {LogServeCommand.class, LogProveCommand.class})
final class LogCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say \"prove\" or \"serve\".");
  }
}
