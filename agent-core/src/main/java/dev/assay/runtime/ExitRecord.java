package dev.assay.runtime;

import dev.assay.job.Outcome;
import dev.assay.job.StopReason;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Makes an outcome of what a supervisor wrote when its job had ended. */
final class ExitRecord {
  private static final String BY_SIGNAL = "did not exit normally";
  private static final int SIGNAL_BITS = 0x7f;

  private ExitRecord() {}

  /** Of a job with an exit file. */
  static Outcome outcome(SupervisorFiles files) {
    Optional<String> failure = files.text("failed");
    if (failure.isPresent()) {
      return hostFault(failure.get());
    }
    Optional<String> signal = files.text("signal");
    if (signal.isPresent() && !signal.get().contains(BY_SIGNAL)) {
      return hostFault(signal.get());
    }
    if (files.started().isEmpty()) {
      return hostFault("the program could not be started");
    }
    try {
      Map<String, String> exit = lines(files.text("exit").orElse(""));
      int code = Integer.parseInt(exit.getOrDefault("code", ""));
      long kills = Long.parseLong(exit.getOrDefault("kills", ""));
      String stop = exit.getOrDefault("stop", "");
      if (!stop.equals("none")) {
        return new Outcome.Stopped(StopReason.of(stop).orElseThrow());
      }
      // A job may survive the loss of one of its processes: it knows best whether it succeeded.
      if (kills > 0 && code != 0) {
        return new Outcome.OutOfMemory();
      }
      return signal.isPresent()
          ? new Outcome.Signalled(code & SIGNAL_BITS)
          : new Outcome.Exited(code);
    } catch (RuntimeException e) {
      return new Outcome.Lost("the record of its exit is damaged");
    }
  }

  private static Outcome hostFault(String text) {
    return new Outcome.FailedToStart(
        Outcome.Cause.HOST, text.lines().findFirst().orElse("unknown cause"));
  }

  private static Map<String, String> lines(String text) {
    Map<String, String> lines = new HashMap<>();
    for (String line : text.lines().toList()) {
      String[] words = line.split(" ", 2);
      lines.put(words[0], words.length == 2 ? words[1] : "");
    }
    return lines;
  }
}
