package dev.assay.runtime;

import dev.assay.job.JobId;
import dev.assay.job.JobSpec;
import dev.assay.job.OwnerPolicy;
import dev.assay.job.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Runs plain processes of the host. */
public final class ProcessRuntime implements JobRuntime {
  private ProcessRuntime() {}

  /**
   * Looks at what this host has to run jobs with.
   *
   * @param home the agent's home directory, after whose path its control groups are named
   */
  public static ProcessRuntime open(Path home, OwnerPolicy policy) throws IOException {
    return new ProcessRuntime();
  }

  @Override
  public Optional<Refusal> refusal(JobSpec spec) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Execution start(JobId id, JobSpec spec, Path directory) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Execution adopt(JobId id, JobSpec spec, Path directory) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
