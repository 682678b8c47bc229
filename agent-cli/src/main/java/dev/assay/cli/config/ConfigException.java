package dev.assay.cli.config;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** A settings file that cannot be used; carries every problem in it, from top to bottom. */
public final class ConfigException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  ConfigException(Path file, List<Problem> found) {
    super(message(file, found));
    this.problems = sorted(found);
  }

  /** One or more. */
  public List<Problem> problems() {
    return problems;
  }

  private static String message(Path file, List<Problem> found) {
    return sorted(found).stream()
        .map(problem -> file + ":" + problem)
        .collect(Collectors.joining("\n"));
  }

  private static List<Problem> sorted(List<Problem> found) {
    return found.stream()
        .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
        .toList();
  }
}
