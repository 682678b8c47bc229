package dev.assay.coordinator;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Timers on one thread; a task that fails is reported, and the others go on. */
final class TimerThread implements Timers {
  private static final Logger LOG = LoggerFactory.getLogger(TimerThread.class);
  private static final long PATIENCE_SECONDS = 5;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("assay-timers").factory());

  @Override
  public Timer after(Duration wait, Runnable task) {
    Future<?> call = thread.schedule(() -> guarded(task), wait.toNanos(), TimeUnit.NANOSECONDS);
    return () -> call.cancel(false);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // it ends with the thread
  public void every(Duration pause, Runnable task) {
    thread.scheduleWithFixedDelay(
        () -> guarded(task), pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("a timer's task is still under way");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("a timer's task failed", e);
    }
  }
}
