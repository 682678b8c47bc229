package dev.assay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.json.StrictJson;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code assay resume}. */
@Command(
    name = "resume",
    description = "Have the agent take on new jobs and proofs again: ends a pause and a drain.",
    footerHeading = "%nExample:%n",
    footer = "  assay resume")
final class ResumeCommand implements Callable<Integer> {
  private final Cli cli;

  ResumeCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws IOException, CommandException {
    JsonNode status = new RunningAgent(cli).tell("/resume", StrictJson.newObject());
    JsonNode availability = status.path("availability");
    cli.out()
        .println(
            availability.has("reason")
                ? "The pause is over, but nothing is taken on now: %s (%s)."
                    .formatted(
                        availability.path("reason").asText(), availability.path("setting").asText())
                : "New jobs and proofs are taken on.");
    return ExitCode.OK;
  }
}
