package dev.assay.audit;

import java.util.Objects;

/**
 * Something that the auditor saw.
 *
 * @param weight whether the log holds in spite of it
 * @param place where, such as {@code entry 12} or {@code tile/0/000}
 * @param problem what, in one sentence without its full stop
 */
public record Finding(Weight weight, String place, String problem) {
  /** What a finding means for the verdict. */
  public enum Weight {
    /** The log does not hold. */
    BROKEN,
    /** Worth knowing; the log holds all the same. */
    NOTE
  }

  /** Takes nothing absent. */
  public Finding {
    Objects.requireNonNull(weight, "weight");
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(problem, "problem");
  }

  /** For a person: place and problem. */
  @Override
  public String toString() {
    return place + ": " + problem;
  }
}
