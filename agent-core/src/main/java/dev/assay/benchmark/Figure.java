package dev.assay.benchmark;

import java.util.Optional;
import java.util.OptionalDouble;

/** A benchmark's outcome, beside what it should have been where that is known. */
public record Figure(Subject subject, Outcome outcome, Optional<Expected> expected) {
  /** The same beside what it should be. */
  public Figure against(Expected value) {
    return new Figure(subject, outcome, Optional.of(value));
  }

  /** The median, if it was measured. */
  public OptionalDouble median() {
    return outcome instanceof Outcome.Measured measured
        ? OptionalDouble.of(measured.median())
        : OptionalDouble.empty();
  }

  /** How much of the expected speed is reached, if both are known: 1 is all of it. */
  public OptionalDouble share() {
    if (expected.isEmpty() || median().isEmpty()) {
      return OptionalDouble.empty();
    }
    double measured = median().getAsDouble();
    double wanted = expected.get().value();
    return OptionalDouble.of(subject.unit().moreIsBetter() ? measured / wanted : wanted / measured);
  }
}
