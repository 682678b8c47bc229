package dev.assay.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;

/**
 * Whether a container that has ended by itself is started again, in itself and with what it wrote.
 * One that was made to end never is.
 *
 * @param when after which ends
 * @param most how often altogether
 */
public record Restart(When when, int most) {
  /** Never. */
  public static final Restart NEVER = new Restart(When.ON_FAILURE, 0);

  private static final int MAX = 1000;

  /** After which ends. */
  public enum When {
    /** Every end but exit code 0. */
    ON_FAILURE("on-failure"),
    /** Every end. */
    ALWAYS("always");

    private final String word;

    When(String word) {
      this.word = word;
    }
  }

  /** Whether a job that ended so, having been started again {@code before} times, is once more. */
  public boolean follows(Outcome outcome, int before) {
    boolean byItself =
        outcome instanceof Outcome.Exited
            || outcome instanceof Outcome.Signalled
            || outcome instanceof Outcome.OutOfMemory;
    return before < most && byItself && (when == When.ALWAYS || !outcome.succeeded());
  }

  static Restart parse(JsonObject json) {
    String word = json.string("when", 32);
    int most = (int) json.integer("most", 1, MAX);
    json.end();
    for (When when : When.values()) {
      if (when.word.equals(word)) {
        return new Restart(when, most);
      }
    }
    throw json.error("when", "expected on-failure or always, found " + word);
  }

  ObjectNode toJson() {
    return StrictJson.newObject().put("when", when.word).put("most", most);
  }
}
