package dev.assay.daemon;

import dev.assay.job.JobId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Times how long jobs go on without their coordinator, by a clock that only goes forward. Used on
 * the jobs' own thread alone.
 */
final class JobAbsence {
  private final ScheduledExecutorService thread;
  private final Consumer<JobId> over;
  private final Map<JobId, ScheduledFuture<?>> timed = new HashMap<>();

  /** Calls {@code over} for a job that has been without its coordinator for too long. */
  JobAbsence(ScheduledExecutorService thread, Consumer<JobId> over) {
    this.thread = thread;
    this.over = over;
  }

  /** The coordinator is away, and the job goes on for {@code most} without it. */
  void begin(JobId id, Duration most) {
    timed.computeIfAbsent(
        id, job -> thread.schedule(() -> over.accept(job), most.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** The coordinator is back. */
  void end() {
    timed.values().forEach(stop -> stop.cancel(false));
    timed.clear();
  }
}
