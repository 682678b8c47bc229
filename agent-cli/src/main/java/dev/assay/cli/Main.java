package dev.assay.cli;

/** The entry point of {@code assay}. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.err.println("assay: no command is here yet");
    System.exit(2);
  }
}
