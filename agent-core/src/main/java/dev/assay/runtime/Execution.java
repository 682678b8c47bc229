package dev.assay.runtime;

import dev.assay.job.JobId;
import dev.assay.job.StopReason;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** One job being run. Safe for use by several threads. */
public interface Execution {
  /** Whose it is. */
  JobId id();

  /**
   * Completes once the program runs, with its process. Never completes if it never ran or that is
   * not known any more.
   */
  CompletionStage<StartedProcess> started();

  /** What it does before it runs, such as how far its image has come; empty if there is nothing. */
  default Optional<String> progress() {
    return Optional.empty();
  }

  /**
   * Asks the job to end, and after its grace makes it. Returns at once; asking again, or asking a
   * job that has ended, changes nothing.
   */
  void stop(StopReason reason);

  /**
   * Completes when nothing of the job is left running and its output is final. Never completes
   * exceptionally.
   */
  CompletionStage<Completion> completion();
}
