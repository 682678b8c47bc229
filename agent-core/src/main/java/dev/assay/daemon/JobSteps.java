package dev.assay.daemon;

import dev.assay.daemon.AgentEvent.Trouble;
import dev.assay.job.JobId;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Takes the steps of jobs one after the other on one thread. A step that fails for want of disk
 * space or the like is tried again until it succeeds; where it was broken off by the end of the
 * agent, the next agent takes it up from the journal.
 */
final class JobSteps {
  private static final long AGAIN_SECONDS = 5;

  private final ScheduledExecutorService thread;
  private final Consumer<AgentEvent> events;

  /** Steps on {@code thread}, of which there is one. */
  JobSteps(ScheduledExecutorService thread, Consumer<AgentEvent> events) {
    this.thread = thread;
    this.events = events;
  }

  /** Something that a job needs done; doing it again when it is done changes nothing. */
  interface Step {
    void take() throws IOException;
  }

  /** Takes a step after those that were asked for before. */
  void take(JobId id, Step step) {
    later(
        () -> {
          try {
            step.take();
          } catch (IOException e) {
            events.accept(
                new Trouble(
                    "the job %s cannot go on and is tried again in %d seconds: %s"
                        .formatted(id, AGAIN_SECONDS, e.getMessage())));
            CompletableFuture.delayedExecutor(AGAIN_SECONDS, TimeUnit.SECONDS, thread)
                .execute(() -> take(id, step));
          }
        });
  }

  /** Does something between steps. What comes after the agent has stopped is for the next one. */
  void later(Runnable work) {
    try {
      thread.execute(work);
    } catch (RejectedExecutionException e) {
      if (!thread.isShutdown()) {
        throw e;
      }
    }
  }
}
