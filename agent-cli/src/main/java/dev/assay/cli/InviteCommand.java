package dev.assay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.json.StrictJson;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code assay invite}. */
@Command(
    name = "invite",
    description = {
      "Make a join token: whoever holds it can enrol one node, once.",
      "The coordinator of this home must be running."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay invite                     a token for one node, for a day",
      "  assay invite --valid 10m         for ten minutes",
      "  ssh host assay join $(assay invite --json | jq -r .token)"
    })
final class InviteCommand implements Callable<Integer> {
  private final Cli cli;

  @Option(
      names = "--valid",
      paramLabel = "TIME",
      converter = SpanConverter.class,
      defaultValue = "1d",
      description = "How long it works. Default: ${DEFAULT-VALUE}.")
  private Duration valid;

  @Option(names = "--json", description = "Print token, address and expiry as JSON.")
  private boolean json;

  InviteCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws IOException, CommandException {
    ObjectNode answer =
        new CoordinatorClient(cli)
            .post(StrictJson.newObject().put("validSeconds", valid.toSeconds()), "invitations");
    if (json) {
      cli.out().println(answer.toPrettyString());
    } else {
      cli.out().println(answer.path("token").asText());
      cli.err()
          .println(
              "It works once, until " + Instant.ofEpochSecond(answer.path("expires").asLong()));
    }
    return ExitCode.OK;
  }
}
