package dev.assay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.json.StrictJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay challenge}. */
@Command(
    name = "challenge",
    description = {
      "Challenge a device of a node, wait for the results, and show what is credited.",
      "Exits with 0 if every proof passed, 1 if one failed, and 3 if none failed but the node"
          + " refused one or the coordinator lost one."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay challenge 7Ys2                              one proof of each kind",
      "  assay challenge 7Ys2 --proof memory-fill",
      "  assay challenge 7Ys2 --proof memory-fill --labels 4194304 --passes 4 --checks 64",
      "  assay challenge 7Ys2 --device cuda:0              its first GPU",
      "  assay challenge 7Ys2 --calibrate                  and take it as its class's speed"
    })
final class ChallengeCommand implements Callable<Integer> {
  private final Cli cli;

  @Parameters(paramLabel = "NODE", description = "Its id, or the beginning of it.")
  private String node;

  @Option(
      names = "--device",
      paramLabel = "ID",
      defaultValue = "cpu:0",
      description = "The device. Default: ${DEFAULT-VALUE}.")
  private String device;

  @Mixin private ProofOptions proofs;

  @Option(
      names = "--calibrate",
      description =
          "Trust this node: take what it reaches as the speed of all devices of its model and"
              + " number of threads, from which later deadlines follow.")
  private boolean calibrate;

  @Option(names = "--json", description = "Print the results as JSON.")
  private boolean json;

  ChallengeCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws IOException, CommandException {
    CoordinatorClient coordinator = new CoordinatorClient(cli);
    List<JsonNode> results = new ArrayList<>();
    for (JsonNode proof : proofs.requests(device)) {
      ObjectNode request =
          StrictJson.newObject()
              .put("node", node)
              .put("device", device)
              .<ObjectNode>set("proof", proof)
              .put("calibrate", calibrate);
      ObjectNode begun = coordinator.post(request, "challenges");
      progress(begun);
      results.add(coordinator.await("final", "challenges", begun.path("id").asText()));
    }
    if (json) {
      ObjectNode all = StrictJson.newObject();
      ArrayNode list = all.putArray("proofs");
      results.forEach(list::add);
      cli.out().println(all.toPrettyString());
    } else {
      cli.out().print(ProofTable.of(results, cli.style()));
    }
    return exitCode(results);
  }

  private void progress(JsonNode begun) {
    if (cli.errorStyle().live()) {
      cli.err().println(cli.errorStyle().faint("challenged: " + begun.path("parameters").asText()));
    }
  }

  private static int exitCode(List<JsonNode> results) {
    List<String> states = results.stream().map(result -> result.path("state").asText()).toList();
    if (states.contains("failed")) {
      return ExitCode.FAILED;
    }
    return states.stream().allMatch("passed"::equals) ? ExitCode.OK : ExitCode.UNAVAILABLE;
  }
}
