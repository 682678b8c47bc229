package dev.assay.job;

import java.time.Duration;
import java.util.Optional;

/**
 * What the owner of the host lets jobs have. Checked on the node, before anything starts.
 *
 * @param processRuntime whether plain processes may be run ({@code jobs.process}); off by default
 * @param perJob the most that one job may ask for ({@code jobs.max-memory}, {@code jobs.max-cpus},
 *     {@code jobs.max-processes})
 * @param maxTime the longest time limit ({@code jobs.max-time})
 * @param maxOutputBytes the most that each of a job's two outputs may hold ({@code
 *     jobs.max-output})
 * @param keptForOwner what is never given to jobs ({@code jobs.keep-memory}, {@code
 *     jobs.keep-cpus}); its processes do not count
 * @param user the user that process jobs run as, by name ({@code jobs.user}); empty if as the agent
 *     itself
 * @param containers what containers may have
 */
public record OwnerPolicy(
    boolean processRuntime,
    Resources perJob,
    Duration maxTime,
    long maxOutputBytes,
    Resources keptForOwner,
    Optional<String> user,
    ContainerPolicy containers) {

  /** Runs no job at all; its limits are what the owner gets who only turns jobs on. */
  public static final OwnerPolicy DEFAULT =
      new OwnerPolicy(
          false,
          new Resources(1L << 50, 4_096_000, 4096),
          Duration.ofDays(1),
          64L << 20,
          new Resources(512L << 20, 0, 0),
          Optional.empty(),
          ContainerPolicy.DEFAULT);

  /** The same policy with plain processes allowed. */
  public OwnerPolicy withProcesses() {
    return new OwnerPolicy(true, perJob, maxTime, maxOutputBytes, keptForOwner, user, containers);
  }

  /** The same policy with another for containers. */
  public OwnerPolicy withContainers(ContainerPolicy others) {
    return new OwnerPolicy(
        processRuntime, perJob, maxTime, maxOutputBytes, keptForOwner, user, others);
  }

  /**
   * Why {@code spec} may not run now, or empty if it may.
   *
   * @param host what the host has
   * @param inUse what the jobs that run already may use
   */
  public Optional<Refusal> refusal(JobSpec spec, Resources host, Resources inUse) {
    Resources asked = spec.resources();
    Optional<Refusal> kind =
        switch (spec.runtime()) {
          case PROCESS ->
              processRuntime
                  ? Optional.empty()
                  : refuse(
                      "jobs.process", "the owner of this host does not run processes for others");
          case CONTAINER -> containers.refusal(spec.container().orElseThrow());
        };
    return kind.or(() -> amounts(asked, spec, host, inUse));
  }

  private Optional<Refusal> amounts(
      Resources asked, JobSpec spec, Resources host, Resources inUse) {
    return above("jobs.max-memory", "memory", "bytes", asked.memoryBytes(), perJob.memoryBytes())
        .or(
            () ->
                above(
                    "jobs.max-cpus", "CPUs", "thousandths", asked.milliCpus(), perJob.milliCpus()))
        .or(
            () ->
                above(
                    "jobs.max-processes",
                    "processes",
                    "processes",
                    asked.processes(),
                    perJob.processes()))
        .or(
            () ->
                above(
                    "jobs.max-time",
                    "time",
                    "seconds",
                    spec.timeLimit().toSeconds(),
                    maxTime.toSeconds()))
        .or(
            () ->
                beyond(
                    "jobs.keep-memory",
                    "bytes of memory",
                    asked.memoryBytes(),
                    host.memoryBytes() - keptForOwner.memoryBytes() - inUse.memoryBytes()))
        .or(
            () ->
                beyond(
                    "jobs.keep-cpus",
                    "thousandths of a CPU",
                    asked.milliCpus(),
                    host.milliCpus() - keptForOwner.milliCpus() - inUse.milliCpus()));
  }

  private static Optional<Refusal> above(
      String setting, String what, String unit, long asked, long limit) {
    return asked <= limit
        ? Optional.empty()
        : refuse(
            setting,
            "the job asks for %d %s of %s and the owner allows %d"
                .formatted(asked, unit, what, limit));
  }

  private static Optional<Refusal> beyond(String setting, String what, long asked, long left) {
    return asked <= left
        ? Optional.empty()
        : refuse(
            setting,
            "the job asks for %d %s and %d are left for jobs now"
                .formatted(asked, what, Math.max(0, left)));
  }

  private static Optional<Refusal> refuse(String setting, String reason) {
    return Optional.of(new Refusal(setting, reason));
  }
}
