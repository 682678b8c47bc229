package dev.assay.cli;

/** A command ends without success, for a reason that its user should read. */
final class CommandException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandException(int exitCode, String sentence) {
    super(sentence);
    this.exitCode = exitCode;
  }

  /** What was checked does not hold. */
  static CommandException failed(String sentence) {
    return new CommandException(ExitCode.FAILED, sentence);
  }

  /** Something given is wrong. */
  static CommandException usage(String sentence) {
    return new CommandException(ExitCode.USAGE, sentence);
  }

  /** It cannot be done now. */
  static CommandException unavailable(String sentence) {
    return new CommandException(ExitCode.UNAVAILABLE, sentence);
  }

  int exitCode() {
    return exitCode;
  }
}
