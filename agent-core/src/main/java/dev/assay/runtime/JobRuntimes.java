package dev.assay.runtime;

import dev.assay.job.JobId;
import dev.assay.job.JobSpec;
import dev.assay.job.Refusal;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Gives each job to the runtime of its kind. */
public final class JobRuntimes implements JobRuntime {
  private final JobRuntime processes;
  private final JobRuntime containers;

  /** Closes both when it is closed. */
  public JobRuntimes(JobRuntime processes, JobRuntime containers) {
    this.processes = processes;
    this.containers = containers;
  }

  @Override
  public Optional<Refusal> refusal(JobSpec spec) {
    return of(spec).refusal(spec);
  }

  @Override
  public Execution start(JobId id, JobSpec spec, Path directory) {
    return of(spec).start(id, spec, directory);
  }

  @Override
  public Execution adopt(JobId id, JobSpec spec, Path directory) {
    return of(spec).adopt(id, spec, directory);
  }

  @Override
  public void endOthers(Set<JobId> known) {
    processes.endOthers(known);
    containers.endOthers(known);
  }

  @Override
  public void close() {
    try (containers) {
      processes.close();
    }
  }

  private JobRuntime of(JobSpec spec) {
    return switch (spec.runtime()) {
      case PROCESS -> processes;
      case CONTAINER -> containers;
    };
  }
}
