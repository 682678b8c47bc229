package dev.assay.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code assay} itself: the options that every command takes, and the list of commands. */
@Command(
    name = "assay",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Measures what this host really has, proves it to strangers, and runs the work that a"
          + " coordinator sends it."
    },
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:It was done, and what was checked holds.",
      "1:What was checked does not hold, or the job failed.",
      "2:The command line, a file or a token is wrong: change it.",
      "3:It cannot be done now: try again later.",
      "4:This machine is at fault: a disk, its memory, or a defect.",
      "130:It was interrupted."
    },
    subcommands = {
      QuickstartCommand.class,
      JoinCommand.class,
      RunCommand.class,
      StatusCommand.class,
      PauseCommand.class,
      ResumeCommand.class,
      DrainCommand.class,
      StopCommand.class,
      IdCommand.class,
      FactsCommand.class,
      BenchCommand.class,
      DoctorCommand.class,
      ProveCommand.class,
      ProofCommand.class,
      LogCommand.class,
      AuditCommand.class,
      ConfigCommand.class,
      CoordinatorCommand.class,
      InviteCommand.class,
      NodeCommand.class,
      ChallengeCommand.class,
      JobCommand.class,
      GpuCheckCommand.class,
      CompletionCommand.class
    })
final class AssayCommand implements Runnable {
  private final Cli cli;
  @Spec private CommandSpec spec;

  AssayCommand(Cli cli) {
    this.cli = cli;
  }

  @Option(
      names = "--home",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = {
        "Where the key, the log and the jobs are kept. Default: $ASSAY_HOME, else /var/lib/assay"
            + " for root and ~/.local/share/assay for others."
      })
  void home(Path directory) {
    cli.useHome(directory);
  }

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = {
        "A file whose first line is the passphrase of the key. Default:"
            + " $ASSAY_PASSPHRASE_FILE, else the key is not encrypted."
      })
  void passphraseFile(Path file) {
    cli.usePassphraseFile(file);
  }

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "On an error, show where in the program it arose. Also: ASSAY_DEBUG=1.")
  void debug(boolean on) {
    cli.useDebug(on);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No command was given.");
  }
}
