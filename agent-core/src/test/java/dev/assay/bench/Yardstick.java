package dev.assay.bench;

/** Something with known worth, measured beside our own figure and in the same unit. */
record Yardstick(String name, Measurement measurement) {
  /** Runs once. */
  @FunctionalInterface
  interface Measurement {
    double measure() throws Exception;
  }
}
