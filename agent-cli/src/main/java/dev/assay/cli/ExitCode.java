package dev.assay.cli;

/** What the process's exit code says to whoever started it. */
final class ExitCode {
  /** It was done, and what was checked holds. */
  static final int OK = 0;

  /** What was checked does not hold, or what was asked for ended badly. */
  static final int FAILED = 1;

  /** The command line, a file or a token given to it is wrong: change it. */
  static final int USAGE = 2;

  /** It cannot be done now: the same command may work later. */
  static final int UNAVAILABLE = 3;

  /** This machine is at fault: a disk, its memory, or a defect of the program. */
  static final int FAULT = 4;

  private ExitCode() {}
}
