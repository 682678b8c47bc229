package dev.assay.runtime;

import dev.assay.job.JobId;
import dev.assay.job.JobSpec;
import dev.assay.job.Refusal;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Runs jobs of one kind. A job does not end when the agent does: an agent that comes back
 * {@linkplain #adopt adopts} every job that its journal says may be running.
 */
public interface JobRuntime extends AutoCloseable {
  /** Why this host cannot run {@code spec} at all, or empty if it can. */
  Optional<Refusal> refusal(JobSpec spec);

  /**
   * Starts a job. What goes wrong on the way is the job's outcome, never an exception.
   *
   * @param directory the job's own, which the runtime fills
   */
  Execution start(JobId id, JobSpec spec, Path directory);

  /**
   * Finds a job again that an earlier agent was starting or had started. If it ended in the
   * meantime, its outcome is already known; if it was never started, it either is now, for the
   * first time, or never will be.
   */
  Execution adopt(JobId id, JobSpec spec, Path directory);

  /**
   * Ends and removes whatever runs for this node and belongs to none of {@code known}: jobs whose
   * records are lost. Called once all known jobs were adopted.
   */
  void endOthers(Set<JobId> known);

  /** Stops following all jobs and lets them run on. */
  @Override
  void close();
}
