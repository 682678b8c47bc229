package dev.assay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.audit.ProofFile;
import dev.assay.cli.report.Table;
import dev.assay.json.StrictJson;
import dev.assay.proof.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay proof check}. */
@Command(
    name = "check",
    description = {
      "Check every case of a file of whole proofs, in the form of the specification's vectors.",
      "Exits with 1 if any fails, and names the first check that does."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  assay proof check proofs-v1.json", "  assay proof check --json proofs-v1.json"})
final class ProofCheckCommand implements Callable<Integer> {
  private final Cli cli;

  @Parameters(paramLabel = "FILE", description = "A JSON object with a list of cases.")
  private Path file;

  @Option(names = "--json", description = "Print the verdicts as JSON.")
  private boolean json;

  ProofCheckCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws IOException, CommandException {
    List<ProofFile.Result> results =
        ProofFile.check(InputFile.read(file), file.getFileName().toString());
    cli.out().print(json ? json(results) : table(results));
    cli.out().flush();
    Optional<String> first =
        results.stream()
            .filter(result -> result.verdict() instanceof Verdict.Fail)
            .map(result -> result.name() + " fails: " + reason(result.verdict()))
            .findFirst();
    if (first.isPresent()) {
      throw CommandException.failed(file + ", " + first.get() + ".");
    }
    return ExitCode.OK;
  }

  private String table(List<ProofFile.Result> results) {
    Table table = new Table("proof", "verdict");
    for (ProofFile.Result result : results) {
      table.row(
          result.name(),
          result.verdict() instanceof Verdict.Pass
              ? cli.style().good("pass")
              : cli.style().bad("fail: " + reason(result.verdict())));
    }
    return table.render(cli.style());
  }

  private static String json(List<ProofFile.Result> results) {
    ArrayNode list = StrictJson.newObject().arrayNode();
    for (ProofFile.Result result : results) {
      ObjectNode item = list.addObject().put("name", result.name());
      switch (result.verdict()) {
        case Verdict.Pass pass -> item.put("status", "pass");
        case Verdict.Fail fail -> item.put("status", "fail").put("reason", fail.reason());
      }
    }
    return list.toPrettyString() + "\n";
  }

  private static String reason(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Pass pass -> "";
      case Verdict.Fail fail -> fail.reason();
    };
  }
}
