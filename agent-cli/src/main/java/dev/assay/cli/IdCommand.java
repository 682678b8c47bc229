package dev.assay.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code assay id}. */
@Command(name = "id", description = "Show this node's identity.")
final class IdCommand implements Callable<Integer> {
  private final Cli cli;

  IdCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws CommandException {
    throw CommandException.unavailable("No key can be made yet in " + cli.home().key() + ".");
  }
}
