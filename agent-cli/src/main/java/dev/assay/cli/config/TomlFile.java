package dev.assay.cli.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** One pass over a settings file that collects values and problems. */
final class TomlFile {
  private static final Map<String, Setting<?>> KNOWN =
      Settings.ALL.stream().collect(Collectors.toMap(Setting::key, setting -> setting));
  private static final Set<String> SECTIONS =
      Settings.ALL.stream().map(Setting::section).collect(Collectors.toSet());

  private final TomlParseResult toml;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<Setting<?>, Object> values = new HashMap<>();

  private TomlFile(TomlParseResult toml) {
    this.toml = toml;
  }

  /**
   * The values that the file sets.
   *
   * @throws ConfigException if anything in it is wrong
   * @throws IOException if it cannot be read
   */
  static Values read(Path file) throws IOException {
    TomlFile pass = new TomlFile(Toml.parse(Files.readString(file)));
    pass.toml
        .errors()
        .forEach(error -> pass.report(error.position(), "not TOML: " + error.getMessage()));
    pass.toml.keyPathSet(true).forEach(pass::take);
    Values values = new Values(pass.values);
    pass.compare(values);
    if (!pass.problems.isEmpty()) {
      throw new ConfigException(file, pass.problems);
    }
    return values;
  }

  private void take(List<String> path) {
    String key = String.join(".", path);
    Object value = toml.get(path);
    Setting<?> setting = KNOWN.get(key);
    if (setting != null) {
      accept(setting, path, value);
    } else if (value instanceof TomlTable table) {
      boolean ours = path.size() == 1 && SECTIONS.contains(key);
      if (!ours && table.isEmpty()) {
        report(at(path), "there is no section [" + key + "]" + meant(key, SECTIONS));
      }
    } else if (SECTIONS.contains(key)) {
      report(at(path), key + " is a section: write [" + key + "] and its keys below");
    } else {
      report(at(path), "there is no setting " + key + meant(key, KNOWN.keySet()));
    }
  }

  private <T> void accept(Setting<T> setting, List<String> path, Object value) {
    Optional<T> read = setting.kind().read(value);
    if (read.isPresent()) {
      values.put(setting, read.get());
    } else {
      report(
          at(path),
          setting.key() + " is " + shown(value) + ", expected " + setting.kind().expects());
    }
  }

  /** What must hold between two settings. */
  private void compare(Values values) {
    boolean named =
        values.has(Settings.COORDINATOR_LEASE) || values.has(Settings.COORDINATOR_HEARTBEAT);
    if (named
        && values
                .of(Settings.COORDINATOR_LEASE)
                .compareTo(values.of(Settings.COORDINATOR_HEARTBEAT))
            <= 0) {
      String wrong = values.has(Settings.COORDINATOR_LEASE) ? "lease" : "heartbeat";
      report(
          at(List.of("coordinator", wrong)),
          "coordinator.lease is "
              + Span.write(values.of(Settings.COORDINATOR_LEASE))
              + ", expected more than coordinator.heartbeat, which is "
              + Span.write(values.of(Settings.COORDINATOR_HEARTBEAT)));
    }
  }

  private TomlPosition at(List<String> path) {
    TomlPosition position = toml.inputPositionOf(path);
    return position == null ? TomlPosition.positionAt(1, 1) : position;
  }

  private void report(TomlPosition position, String sentence) {
    problems.add(new Problem(position.line(), position.column(), sentence));
  }

  private static String meant(String key, Set<String> known) {
    return Spelling.nearest(key, known).map(near -> "; did you mean " + near + "?").orElse("");
  }

  private static String shown(Object value) {
    return switch (value) {
      case String text -> "\"" + text + "\"";
      case Long number -> number.toString();
      case Double number -> number.toString();
      case Boolean flag -> flag.toString();
      case TomlArray list -> "a list";
      case TomlTable table -> "a section";
      default -> "a date or time";
    };
  }
}
