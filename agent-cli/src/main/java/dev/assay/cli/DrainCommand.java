package dev.assay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.control.NotRunningException;
import dev.assay.json.StrictJson;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code assay drain}. */
@Command(
    name = "drain",
    description = {
      "Have the agent take on nothing new, finish what runs, tell its coordinator, and end with"
          + " exit code 0. An agent that is started afterwards takes on work again."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay drain",
      "  assay drain --wait && sudo reboot    return when the agent has ended",
      "  assay resume                         call it off"
    })
final class DrainCommand implements Callable<Integer> {
  private static final long LOOK_MILLIS = 200;

  private final Cli cli;

  @Option(names = "--wait", description = "Return when the agent has ended.")
  private boolean wait;

  DrainCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, CommandException {
    RunningAgent agent = new RunningAgent(cli);
    JsonNode status = agent.tell("/drain", StrictJson.newObject());
    cli.out()
        .println("The agent takes on nothing new and ends: " + RunningAgent.jobsLeft(status) + ".");
    if (wait) {
      awaitEnd(agent);
    }
    return ExitCode.OK;
  }

  private void awaitEnd(RunningAgent agent)
      throws IOException, InterruptedException, CommandException {
    try {
      while (agent.status().at("/availability/state").asText().equals("draining")) {
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (NotRunningException ended) {
      cli.out().println("The agent has ended.");
      return;
    }
    throw CommandException.failed("The drain was called off; the agent runs on.");
  }
}
