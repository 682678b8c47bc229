package dev.assay.gpu.cuda;

import java.time.Duration;
import java.util.Optional;

/**
 * The driver call that one thread is in, for another thread to see: a call that never returns can
 * only be noticed from outside.
 */
final class CallWatch {
  private volatile Entered entered;

  /** A call that has not returned yet. */
  record Entered(String call, Duration limit, boolean cleanup, long sinceNanos) {
    Duration age() {
      return Duration.ofNanos(System.nanoTime() - sinceNanos);
    }

    boolean isOverdue() {
      return age().compareTo(limit) > 0;
    }
  }

  void enter(String call, Duration limit, boolean cleanup) {
    entered = new Entered(call, limit, cleanup, System.nanoTime());
  }

  void leave() {
    entered = null;
  }

  /** The call that the thread is in now. */
  Optional<Entered> present() {
    return Optional.ofNullable(entered);
  }
}
