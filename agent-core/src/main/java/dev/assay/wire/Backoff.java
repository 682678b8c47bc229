package dev.assay.wire;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before dialling again: a random time from half the current bound to the bound,
 * which doubles with each failure up to a cap. The randomness keeps a thousand nodes from returning
 * to a restarted coordinator at once.
 */
final class Backoff {
  private final Duration first;
  private final Duration cap;
  private final RandomGenerator random;
  private Duration bound;

  Backoff(Duration first, Duration cap, RandomGenerator random) {
    this.first = first;
    this.cap = cap;
    this.random = random;
    this.bound = first;
  }

  /** The wait after one more failure. */
  Duration next() {
    long full = bound.toNanos();
    bound = bound.multipliedBy(2).compareTo(cap) < 0 ? bound.multipliedBy(2) : cap;
    return Duration.ofNanos(full / 2 + random.nextLong(full - full / 2 + 1));
  }

  /** Begins again with the shortest wait: a session stood. */
  void reset() {
    bound = first;
  }
}
