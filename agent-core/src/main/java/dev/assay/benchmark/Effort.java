package dev.assay.benchmark;

import java.time.Duration;

/**
 * How much time is spent on a benchmark.
 *
 * @param runs how many runs are kept
 * @param eachRun a run goes on for at least so long
 * @param warmUp a piece of the work before the first run, which is not kept; there are two to six
 * @param diskBytes how large the file is that disks are measured with
 * @param deviceBytes how large a buffer in the memory of a device is at most
 */
public record Effort(
    int runs, Duration eachRun, Duration warmUp, long diskBytes, long deviceBytes) {
  /** For figures that are to be compared. */
  public static final Effort FULL =
      new Effort(9, Duration.ofMillis(250), Duration.ofMillis(300), 1L << 30, 1L << 30);

  /** For a first look. */
  public static final Effort QUICK =
      new Effort(3, Duration.ofMillis(60), Duration.ofMillis(60), 1L << 28, 1L << 28);

  /** To see that everything runs; its figures say nothing. */
  public static final Effort TINY =
      new Effort(1, Duration.ofMillis(1), Duration.ofMillis(1), 32 << 20, 16 << 20);
}
