package dev.assay.benchmark;

/** Told, on the thread that measures, how far it is. */
@FunctionalInterface
public interface BenchmarkProgress {
  /** Tells nobody. */
  BenchmarkProgress NONE = (device, title, done, total) -> {};

  /** {@code done} of the {@code total} runs on a device are over; {@code title} comes next. */
  void at(String device, String title, int done, int total);
}
