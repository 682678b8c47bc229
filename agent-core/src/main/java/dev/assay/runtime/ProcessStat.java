package dev.assay.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which process: a pid alone may be another's by now, with its start time it names one only, until
 * the next boot.
 *
 * @param startTicks field 22 of {@code /proc/PID/stat}
 */
public record ProcessStat(long pid, long startTicks) {
  private static final int START_TIME = 22;

  /** A line of {@code /proc/PID/stat}, or empty if it is none, or not complete. */
  public static Optional<ProcessStat> parse(String line) {
    int name = line.indexOf(" (");
    int rest = line.lastIndexOf(") ");
    if (name < 0 || rest < name) {
      return Optional.empty();
    }
    // The third field follows the name, which may hold anything, spaces and brackets included.
    String[] fields = line.substring(rest + 2).strip().split(" ", -1);
    if (fields.length <= START_TIME - 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ProcessStat(
              Long.parseLong(line.substring(0, name)), Long.parseLong(fields[START_TIME - 3])));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The process of that number as it is now, or empty if there is none. */
  public static Optional<ProcessStat> of(long pid) {
    try {
      return parse(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether this very process runs; one that has ended and was not yet reaped does not. */
  public boolean alive() {
    try {
      String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return parse(line).equals(Optional.of(this)) && !line.contains(") Z ");
    } catch (IOException e) {
      return false;
    }
  }

  /** Sends it TERM if it is still this very process. */
  void terminate() {
    ProcessHandle.of(pid).filter(process -> alive()).ifPresent(ProcessHandle::destroy);
  }
}
