package dev.assay.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assay completion}. */
@Command(
    name = "completion",
    description = "Print the script that lets a shell complete commands and options.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay completion bash > /etc/bash_completion.d/assay",
      "  source <(assay completion zsh)"
    })
final class CompletionCommand implements Callable<Integer> {
  /** Shells that understand the script; zsh loads bash's. */
  enum Shell {
    bash,
    zsh
  }

  private final Cli cli;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SHELL",
      defaultValue = "bash",
      description = "bash or zsh. Default: bash.")
  private Shell shell;

  CompletionCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    if (shell == Shell.zsh) {
      cli.out().println("autoload -U +X bashcompinit && bashcompinit");
    }
    cli.out().print(AutoComplete.bash("assay", spec.root().commandLine()));
    return ExitCode.OK;
  }
}
