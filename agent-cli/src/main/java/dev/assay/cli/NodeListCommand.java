package dev.assay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.cli.report.Table;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code assay node list}. */
@Command(
    name = "list",
    description = "List the enrolled nodes.",
    footerHeading = "%nExamples:%n",
    footer = {"  assay node list", "  assay node list --json | jq -r '.nodes[].id'"})
final class NodeListCommand implements Callable<Integer> {
  private final Cli cli;

  @Option(names = "--json", description = "Print them as JSON.")
  private boolean json;

  NodeListCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws IOException, CommandException {
    JsonNode answer = new CoordinatorClient(cli).get("nodes");
    if (json) {
      cli.out().println(answer.toPrettyString());
      return ExitCode.OK;
    }
    Table table = new Table("node", "is", "last seen", "devices", "cosigned entries");
    for (JsonNode node : answer.path("nodes")) {
      table.row(
          node.path("id").asText(),
          NodeWords.presence(node, cli.style()),
          NodeWords.lastSeen(node),
          NodeWords.devices(node),
          node.path("cosignedSize").asLong());
    }
    cli.out()
        .print(
            answer.path("nodes").isEmpty()
                ? "No node has joined yet; assay invite makes a join token.\n"
                : table.render(cli.style()));
    return ExitCode.OK;
  }
}
