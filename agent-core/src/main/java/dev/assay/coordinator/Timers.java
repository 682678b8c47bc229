package dev.assay.coordinator;

import java.time.Duration;

/** Calls back later, by a clock that does not jump. */
interface Timers extends AutoCloseable {
  /** A call that is yet to come. */
  interface Timer {
    /** Takes it back, unless it has begun. */
    void cancel();
  }

  /** Calls once. */
  Timer after(Duration wait, Runnable task);

  /** Calls again and again, with this time between the calls. */
  void every(Duration pause, Runnable task);

  /** Ends all of them; a call under way is finished first. */
  @Override
  void close();
}
