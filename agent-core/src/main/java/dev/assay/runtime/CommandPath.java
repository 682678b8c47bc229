package dev.assay.runtime;

import dev.assay.job.JobSpec;
import dev.assay.job.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the program that a job names before anything is started, so that a program which is not
 * there is told apart from one that runs and ends with code 127.
 */
sealed interface CommandPath {
  /** What jobs find as {@code PATH} unless they set their own. */
  String DEFAULT = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /** The program's absolute path. */
  record Found(Path program) implements CommandPath {}

  /** There is none that can be run. */
  record Missing(Outcome.FailedToStart outcome) implements CommandPath {}

  /** Looks {@code spec}'s program up as a shell in {@code work} would. */
  static CommandPath find(JobSpec spec, Path work) throws IOException {
    String name = spec.command().get(0);
    boolean exists = false;
    for (Path candidate : candidates(spec, work)) {
      if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
        return checkInterpreter(name, candidate, work);
      }
      exists |= Files.exists(candidate);
    }
    return exists
        ? missing(Outcome.Cause.NOT_EXECUTABLE, "'" + name + "' is not an executable file")
        : missing(Outcome.Cause.COMMAND_NOT_FOUND, "there is no program '" + name + "'");
  }

  private static List<Path> candidates(JobSpec spec, Path work) {
    String name = spec.command().get(0);
    List<Path> candidates = new ArrayList<>();
    try {
      if (name.contains("/")) {
        candidates.add(work.resolve(name));
      } else {
        for (String place : spec.environment().getOrDefault("PATH", DEFAULT).split(":", -1)) {
          candidates.add(work.resolve(place).resolve(name));
        }
      }
    } catch (InvalidPathException e) {
      // A name that no file of this host can have is the name of no program.
    }
    return candidates;
  }

  /** A script whose interpreter is missing would end as if it had not been found itself. */
  private static CommandPath checkInterpreter(String name, Path program, Path work)
      throws IOException {
    if (!Files.isReadable(program)) {
      return new Found(program);
    }
    byte[] start;
    try (InputStream in = Files.newInputStream(program)) {
      start = in.readNBytes(256);
    }
    String line = new String(start, StandardCharsets.ISO_8859_1).lines().findFirst().orElse("");
    if (!line.startsWith("#!")) {
      return new Found(program);
    }
    String interpreter = line.substring(2).strip().split("\\s+", 2)[0];
    Path path = work.resolve(interpreter);
    return interpreter.isEmpty() || (Files.isRegularFile(path) && Files.isExecutable(path))
        ? new Found(program)
        : missing(
            Outcome.Cause.NOT_EXECUTABLE,
            "'%s' asks for the interpreter '%s', which is not there".formatted(name, interpreter));
  }

  private static Missing missing(Outcome.Cause cause, String detail) {
    return new Missing(new Outcome.FailedToStart(cause, detail));
  }
}
