package dev.assay.benchmark;

import java.util.List;

/** What came of a benchmark. */
public sealed interface Outcome {
  /**
   * Figures of repeated runs.
   *
   * @param runs each run's figure, in the order of the runs; at least one
   */
  record Measured(List<Double> runs) implements Outcome {
    public Measured {
      runs = List.copyOf(runs);
      if (runs.isEmpty()) {
        throw new IllegalArgumentException("A measurement has no runs.");
      }
    }

    /** The figure in the middle, or the mean of the two there. */
    public double median() {
      List<Double> sorted = runs.stream().sorted().toList();
      int half = sorted.size() / 2;
      return sorted.size() % 2 == 1
          ? sorted.get(half)
          : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    public double lowest() {
      return runs.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    public double highest() {
      return runs.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** How far the outermost runs lie apart, as a share of the median. */
    public double spread() {
      return (highest() - lowest()) / median();
    }
  }

  /** There is no figure; {@code reason} says why. */
  record NotMeasured(String reason) implements Outcome {}
}
