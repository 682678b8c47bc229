package dev.assay.cli;

import dev.assay.control.ControlClient;
import dev.assay.control.NotRunningException;
import dev.assay.json.StrictJson;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code assay stop}. */
@Command(
    name = "stop",
    description = {
      "Ask the agent that runs on this home to end in good order. Its jobs go on, unless it was"
          + " started with --stop-jobs."
    },
    footerHeading = "%nExample:%n",
    footer = "  assay stop")
final class StopCommand implements Callable<Integer> {
  private final Cli cli;

  StopCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws IOException, CommandException {
    try {
      new ControlClient(cli.home().socket()).post("/stop", StrictJson.newObject()).raw();
    } catch (NotRunningException e) {
      throw CommandException.unavailable("No agent runs on " + cli.home().directory() + ".");
    }
    cli.out().println("The agent is stopping.");
    return ExitCode.OK;
  }
}
