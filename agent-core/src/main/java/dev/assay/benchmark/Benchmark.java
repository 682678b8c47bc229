package dev.assay.benchmark;

import java.io.IOException;

/** Something that can be repeated and timed. */
public interface Benchmark {
  /** What is measured. */
  Subject subject();

  /**
   * Takes what the work needs, off the clock.
   *
   * @throws UnmeasuredException if this cannot be measured here; the message says why
   */
  Work prepare() throws IOException, InterruptedException, UnmeasuredException;

  /** Work that is ready to be done, over and over, by one thread. */
  interface Work extends AutoCloseable {
    /** Does it once and returns how much that was, in what the unit counts. */
    double once() throws IOException, InterruptedException, UnmeasuredException;

    /** Gives back what {@link Benchmark#prepare} took. */
    @Override
    default void close() throws IOException {}
  }
}
