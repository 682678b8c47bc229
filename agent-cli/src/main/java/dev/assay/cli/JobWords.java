package dev.assay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.cli.report.Style;
import java.util.ArrayList;
import java.util.List;

/** What a coordinator answers about a job, in words. */
final class JobWords {
  private JobWords() {}

  static String command(JsonNode job) {
    List<String> words = new ArrayList<>();
    job.path("spec").path("command").forEach(word -> words.add(word.asText()));
    return String.join(" ", words);
  }

  /** Where the job stands, such as {@code exited with code 0}. */
  static String state(JsonNode job) {
    JsonNode end = job.path("end");
    if (end.has("exitCode")) {
      return "exited with code " + end.path("exitCode").asInt();
    }
    if (end.has("signal")) {
      return "ended by signal " + end.path("signal").asInt();
    }
    boolean ending = job.has("cancelRequested") && !job.path("done").asBoolean();
    return job.path("state").asText() + (ending ? ", to be cancelled" : "");
  }

  static String coloured(JsonNode job, Style style) {
    if (!job.path("done").asBoolean()) {
      return state(job);
    }
    return succeeded(job) ? style.good(state(job)) : style.bad(state(job));
  }

  static boolean succeeded(JsonNode job) {
    return job.path("end").has("exitCode") && job.path("end").path("exitCode").asInt() == 0;
  }

  /** The job's own exit code, or 1 if it has none. */
  static int exitCode(JsonNode job) {
    return job.path("end").path("exitCode").asInt(ExitCode.FAILED);
  }
}
