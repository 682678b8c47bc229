package dev.assay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.cli.report.Moment;
import dev.assay.cli.report.Quantity;
import dev.assay.cli.report.Style;
import dev.assay.gpu.catalog.Catalog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay node show}. */
@Command(
    name = "show",
    description = "Show a node, what it says of its devices, and its newest proofs.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay node show 7Ys2            the node whose id begins like this",
      "  assay node show 7Ys2 --json     with all of its platform evidence"
    })
final class NodeShowCommand implements Callable<Integer> {
  private final Cli cli;

  @Parameters(paramLabel = "NODE", description = "Its id, or the beginning of it.")
  private String id;

  @Option(names = "--json", description = "Print it as JSON.")
  private boolean json;

  NodeShowCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws IOException, CommandException {
    JsonNode node = new CoordinatorClient(cli).get("nodes", id);
    cli.out().print(json ? node.toPrettyString() + "\n" : text(node));
    return ExitCode.OK;
  }

  private String text(JsonNode node) {
    Style style = cli.style();
    StringBuilder out = new StringBuilder();
    out.append("node       ").append(style.strong(node.path("id").asText())).append('\n');
    out.append("is         ").append(NodeWords.presence(node, style)).append('\n');
    out.append("enrolled   ").append(Moment.text(node.path("enrolled").asLong())).append('\n');
    if (node.has("lastSeen")) {
      out.append("last seen  ").append(NodeWords.lastSeen(node));
      out.append(", start ").append(node.path("bootEpoch").asLong());
      out.append(", ").append(node.path("agentVersion").asText()).append('\n');
    }
    out.append("log        ")
        .append(node.path("cosignedSize").asLong())
        .append(" cosigned entries");
    out.append(
        node.path("forked").asBoolean() ? style.bad(", and a history against them\n") : "\n");
    node.path("devices").forEach(device -> out.append(device(node, device.asText())));
    if (!node.path("proofs").isEmpty()) {
      out.append('\n').append(ProofTable.of(node.path("proofs"), style));
    }
    return out.toString();
  }

  /** What the node said of a device in its last session, wherever it is now. */
  private static String device(JsonNode node, String id) {
    JsonNode platform = node.path("platform");
    List<String> said = new ArrayList<>();
    fact(platform, id, "model").ifPresent(model -> said.add(model.asText()));
    fact(platform, id, "threads").ifPresent(threads -> said.add(threads.asText() + " threads"));
    fact(platform, id.startsWith("cpu:") ? "memory" : id, "totalBytes")
        .ifPresent(bytes -> said.add(Quantity.bytes(bytes.asLong()) + " of memory"));
    return "device     %s  %s%n%s".formatted(id, String.join(", ", said), behaviour(node, id));
  }

  /** What a GPU's proofs say of the model that it claims to be. */
  private static String behaviour(JsonNode node, String id) {
    Optional<JsonNode> model = fact(node.path("platform"), id, "model");
    Optional<JsonNode> free = fact(node.path("platform"), id, "freeMemoryBytes");
    if (id.startsWith("cpu:") || model.isEmpty() || free.isEmpty()) {
      return "";
    }
    return DeviceClass.of(
            Catalog.load(), id, model.get().asText(), free.get().asLong(), node.path("proofs"))
        .map(finding -> "           %s%n".formatted(finding.sentence()))
        .orElse("");
  }

  private static Optional<JsonNode> fact(JsonNode platform, String component, String fact) {
    JsonNode value = platform.path(component).path("assay").path(fact).path("value");
    return value.isMissingNode() ? Optional.empty() : Optional.of(value);
  }
}
