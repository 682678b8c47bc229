package dev.assay.cli;

import dev.assay.cli.report.FactsReport;
import dev.assay.hardware.PlatformFacts;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code assay facts}. */
@Command(
    name = "facts",
    description = {
      "Show what this host says that it is, and where each fact was read.",
      "Facts are claims, not proofs. Nothing in them names a person or a host."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay facts              as a table",
      "  assay facts --json       as the platform evidence that a coordinator gets"
    })
final class FactsCommand implements Callable<Integer> {
  private final Cli cli;

  @Option(names = "--json", description = "Print the claims as JSON.")
  private boolean json;

  FactsCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws InterruptedException {
    PlatformFacts facts = PlatformProbe.ofThisHost(cli).probe();
    cli.out().print(json ? FactsReport.json(facts) : FactsReport.table(facts, cli.style()));
    return ExitCode.OK;
  }
}
