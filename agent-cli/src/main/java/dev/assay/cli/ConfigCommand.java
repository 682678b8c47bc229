package dev.assay.cli;

import dev.assay.cli.config.ConfigException;
import dev.assay.cli.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assay config}. */
@Command(
    name = "config",
    description = "Check and explain the owner's settings in assay.toml of the home.",
    synopsisSubcommandLabel = "COMMAND")
final class ConfigCommand implements Runnable {
  private final Cli cli;
  @Spec private CommandSpec spec;

  ConfigCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say \"check\" or \"show\".");
  }

  @Command(
      name = "check",
      description = "Check a settings file and name every problem with its line and column.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  assay config check                 the home's own file",
        "  assay config check new.toml        another one, before it is put in place"
      })
  int check(
      @Parameters(paramLabel = "FILE", arity = "0..1", description = "Default: the home's file.")
          Optional<Path> file)
      throws IOException {
    Path checked = file.orElse(cli.home().settings());
    if (file.isPresent() && Files.notExists(checked)) {
      throw new IllegalArgumentException("There is no file " + checked + ".");
    }
    try {
      Configuration.load(checked);
    } catch (ConfigException e) {
      e.problems().forEach(problem -> cli.err().println(checked + ":" + problem));
      return ExitCode.FAILED;
    }
    cli.out()
        .println(
            Files.exists(checked)
                ? checked + " is good."
                : checked + " does not exist: everything has its usual value.");
    return ExitCode.OK;
  }

  @Command(
      name = "show",
      description = {
        "Print every setting with its explanation; those that the home's file does not set are"
            + " commented out, with their usual value."
      },
      footerHeading = "%nExamples:%n",
      footer = {"  assay config show", "  assay config show > assay.toml     a file to begin with"})
  int show() throws IOException {
    cli.out().print(Configuration.explained(cli.home().settings()));
    return ExitCode.OK;
  }
}
