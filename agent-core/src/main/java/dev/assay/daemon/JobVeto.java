package dev.assay.daemon;

import dev.assay.daemon.AgentEvent.Trouble;
import dev.assay.job.JobId;
import dev.assay.job.Refusal;
import dev.assay.owner.VetoHook;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Asks the owner's program about one job after the other, on a thread of its own, so that nothing
 * else waits for it. What is not answered when the agent ends is forgotten: the job was not taken
 * on, and its coordinator sends it again.
 */
final class JobVeto {
  private final VetoHook hook;
  private final ExecutorService thread;
  private final Consumer<AgentEvent> events;
  private final Set<JobId> asked = ConcurrentHashMap.newKeySet();

  JobVeto(VetoHook hook, ExecutorService thread, Consumer<AgentEvent> events) {
    this.hook = hook;
    this.thread = thread;
    this.events = events;
  }

  /** Takes what the program said. */
  @FunctionalInterface
  interface Answer {
    void take(Optional<Refusal> refusal) throws IOException;
  }

  /** Asks about a job, unless that is being done. */
  void ask(JobId job, byte[] spec, Answer answer) {
    if (!asked.add(job)) {
      return;
    }
    try {
      thread.execute(() -> run(job, spec, answer));
    } catch (RejectedExecutionException ending) {
      asked.remove(job);
    }
  }

  /** The answer is not wanted any more. */
  void forget(JobId job) {
    asked.remove(job);
  }

  private void run(JobId job, byte[] spec, Answer answer) {
    try {
      Optional<Refusal> refusal = hook.refusal(job, spec);
      if (asked.remove(job)) {
        answer.take(refusal);
      }
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      events.accept(new Trouble("the job " + job + " could not be taken on: " + e.getMessage()));
    }
  }
}
