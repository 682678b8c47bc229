package dev.assay.bench;

/**
 * Something with known worth, measured beside our own figure and in the same unit.
 *
 * @param runs how many times it runs before our own figure, and again after it
 */
record Yardstick(String name, int runs, Measurement measurement) {
  /** The best of {@code runs} runs. */
  double best(Unit unit) throws Exception {
    double best = measurement.measure();
    for (int run = 1; run < runs; run++) {
      best = unit.better(best, measurement.measure());
    }
    return best;
  }

  /** Runs once. */
  @FunctionalInterface
  interface Measurement {
    double measure() throws Exception;
  }
}
