package dev.assay.wire;

import dev.assay.json.JsonException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether a node takes on new jobs and proofs, as its owner wants it.
 *
 * @param until when a pause ends by itself, in seconds since 1970 by the node's clock; empty if
 *     only its owner ends it
 */
public record Availability(State state, OptionalLong until) {
  /** Everything is taken on that the node's policy allows. */
  public static final Availability OPEN = new Availability(State.OPEN, OptionalLong.empty());

  /** Nothing new is taken on, and the agent ends when what runs has ended. */
  public static final Availability DRAINING =
      new Availability(State.DRAINING, OptionalLong.empty());

  /** What a node does with new work. */
  public enum State {
    /** It takes it on. */
    OPEN("open"),
    /** It refuses it until its owner, or a time, ends the pause. */
    PAUSED("paused"),
    /** It refuses it, and ends after what runs. */
    DRAINING("draining");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** The state as it is written. */
    public String word() {
      return word;
    }

    static Optional<State> of(String word) {
      for (State state : values()) {
        if (state.word.equals(word)) {
          return Optional.of(state);
        }
      }
      return Optional.empty();
    }
  }

  /** Checks each value. */
  public Availability {
    until.ifPresent(time -> Check.count("availability.until", time));
    if (until.isPresent() && state != State.PAUSED) {
      throw new JsonException("availability.until", "only a pause has an end");
    }
  }

  /** Whether new work may be sent. */
  public boolean isOpen() {
    return state == State.OPEN;
  }
}
