package dev.assay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.control.ControlClient;
import dev.assay.control.NotRunningException;
import java.io.IOException;

/** The agent that runs on this home, told something by its owner; it answers with its status. */
record RunningAgent(Cli cli) {
  JsonNode tell(String path, ObjectNode what) throws IOException, CommandException {
    try {
      return client().post(path, what).raw();
    } catch (NotRunningException e) {
      throw CommandException.unavailable(
          "No agent runs on " + cli.home().directory() + "; assay run starts one.");
    }
  }

  /** Its status while it runs. */
  JsonNode status() throws IOException {
    return client().get("/status").raw();
  }

  private ControlClient client() {
    return new ControlClient(cli.home().socket());
  }

  /** How many of its jobs have not ended, as "no job runs on", "1 job runs on". */
  static String jobsLeft(JsonNode status) {
    int left = 0;
    for (JsonNode job : status.path("jobs")) {
      String state = job.path("state").asText();
      left += state.equals("ended") || state.equals("refused") ? 0 : 1;
    }
    return switch (left) {
      case 0 -> "no job is left";
      case 1 -> "1 job is left";
      default -> left + " jobs are left";
    };
  }
}
