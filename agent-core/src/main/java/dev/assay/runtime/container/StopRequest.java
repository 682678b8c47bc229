package dev.assay.runtime.container;

import dev.assay.job.StopReason;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** That a job is to end, or that its agent stops following it; wakes whoever waits for either. */
final class StopRequest {
  private final ContainerFiles files;
  private StopReason reason;
  private boolean abandoned;

  /** As it stands in {@code files}. */
  StopRequest(ContainerFiles files) {
    this.files = files;
    this.reason = files.stop().orElse(null);
  }

  /** The job is to end; the first reason stands, also over agents. */
  void ask(StopReason why) {
    synchronized (this) {
      if (reason != null) {
        return;
      }
    }
    StopReason stands = files.stop(why);
    synchronized (this) {
      reason = stands;
      notifyAll();
    }
  }

  /** The agent stops following the job. */
  synchronized void abandon() {
    abandoned = true;
    notifyAll();
  }

  synchronized Optional<StopReason> reason() {
    return Optional.ofNullable(reason);
  }

  synchronized boolean abandoned() {
    return abandoned;
  }

  /** Waits, at most until something is asked for that was not before. */
  synchronized void await(long millis) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    boolean asked = reason != null;
    while (!abandoned && asked == (reason != null)) {
      long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }
}
