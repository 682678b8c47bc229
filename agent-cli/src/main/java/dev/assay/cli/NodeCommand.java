package dev.assay.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code assay node}. */
@Command(
    name = "node",
    description = "Show the nodes of the coordinator that runs on this home.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {NodeListCommand.class, NodeShowCommand.class})
final class NodeCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say \"list\" or \"show\".");
  }
}
