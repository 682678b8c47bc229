package dev.assay.doctor;

import java.util.Optional;

/** The seam to the host's programs. */
@FunctionalInterface
public interface Commands {
  /** Runs a program that is found by its name, without a shell; never throws and never hangs. */
  Output run(String... command);

  /** What came of it. */
  sealed interface Output {
    /** It ended by itself; {@code text} is what it printed, at most the last 4 MiB. */
    record Ran(int exitCode, String text) implements Output {}

    /** There is no such program. */
    record Missing() implements Output {}

    /** It could not be run to its end. */
    record Failed(String reason) implements Output {}

    /** What it printed, if it ended well. */
    default Optional<String> good() {
      return this instanceof Ran ran && ran.exitCode == 0
          ? Optional.of(ran.text.strip())
          : Optional.empty();
    }
  }
}
