package dev.assay.owner;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.job.Refusal;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;
import java.time.Instant;
import java.util.Optional;

/**
 * The owner's word that nothing new is to be taken on. Written as
 *
 * <pre>{@code
 * {"mode": "after-jobs", "since": 1793400000000, "until": 1793407200000}
 * }</pre>
 *
 * with times in milliseconds since 1970.
 *
 * @param mode what becomes of what runs
 * @param until when it ends by itself; empty if only the owner ends it
 */
public record Pause(Mode mode, Instant since, Optional<Instant> until) {
  private static final long MAX_TIME = 1L << 52;

  /** What becomes of what runs. */
  public enum Mode {
    /** It goes on to its end. */
    AFTER_JOBS("after-jobs"),
    /** It is ended: asked first, then forced. */
    NOW("now");

    private final String word;

    Mode(String word) {
      this.word = word;
    }

    /** The mode as it is written. */
    public String word() {
      return word;
    }

    private static Optional<Mode> of(String word) {
      for (Mode mode : values()) {
        if (mode.word.equals(word)) {
          return Optional.of(mode);
        }
      }
      return Optional.empty();
    }
  }

  /** Reads what {@link #toJson} wrote. */
  public static Pause parse(JsonObject json) {
    String word = json.string("mode", 16);
    Mode mode = Mode.of(word).orElseThrow(() -> json.error("mode", "expected after-jobs or now"));
    Instant since = instant(json, "since");
    Optional<Instant> until =
        json.has("until") ? Optional.of(instant(json, "until")) : Optional.empty();
    json.end();
    return new Pause(mode, since, until);
  }

  /** The pause as JSON. */
  public ObjectNode toJson() {
    ObjectNode json =
        StrictJson.newObject().put("mode", mode.word).put("since", since.toEpochMilli());
    until.ifPresent(time -> json.put("until", time.toEpochMilli()));
    return json;
  }

  /** Whether it has ended by itself. */
  public boolean isOver(Instant now) {
    return until.isPresent() && !now.isBefore(until.get());
  }

  /** The pause as it is said to whoever sends work. */
  public Refusal refusal() {
    return new Refusal(
        "assay pause",
        "the owner of this host has paused it%s; assay resume lets work in again"
            .formatted(until.map(time -> " until " + time).orElse("")));
  }

  private static Instant instant(JsonObject json, String name) {
    return Instant.ofEpochMilli(json.integer(name, 0, MAX_TIME));
  }
}
