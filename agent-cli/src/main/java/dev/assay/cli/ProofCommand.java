package dev.assay.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code assay proof}. */
@Command(
    name = "proof",
    description = "Check proofs that are written down in files.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ProofCheckCommand.class})
final class ProofCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say \"check\".");
  }
}
