package dev.assay.runtime.container;

import dev.assay.job.ContainerSpec;
import dev.assay.job.JobSpec;
import dev.assay.job.NetworkMode;
import dev.assay.job.Resources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A container that is to be made. What it does not ask for, it does not get: each engine's part
 * adds to it no capability, no new privilege, the engine's default seccomp profile, private
 * namespaces and nothing of the host's files.
 *
 * @param command in the image's place; empty if the image's own is run
 * @param log where its output goes, if the engine can be told
 * @param logBytes how much of its output the engine keeps
 */
record ContainerPlan(
    String name,
    Map<String, String> labels,
    LocalImage image,
    List<String> command,
    Map<String, String> environment,
    Resources resources,
    long tmpBytes,
    NetworkMode network,
    List<String> gpus,
    OptionalLong writableBytes,
    long lifeSeconds,
    Path log,
    long logBytes) {
  private static final String CDI_GPU = "nvidia.com/gpu=";

  /** Room for what a job may write while no agent reads it, with what engines add to each line. */
  private static final long LOG_ROOM = 16L << 20;

  /** From the end by force to the engine's own end, where nobody ended it. */
  private static final long LATE_SECONDS = 10;

  static ContainerPlan of(
      String name,
      Map<String, String> labels,
      LocalImage image,
      JobSpec spec,
      Path log,
      long maxOutputBytes) {
    ContainerSpec container = spec.container().orElseThrow();
    return new ContainerPlan(
        name,
        labels,
        image,
        spec.command(),
        spec.environment(),
        spec.resources(),
        container.tmpBytes(spec.resources()),
        container.network(),
        container.gpus(),
        container.writableRootBytes(),
        spec.timeLimit().plus(spec.grace()).toSeconds() + LATE_SECONDS,
        log,
        Math.min(4 * maxOutputBytes, Long.MAX_VALUE / 4) + LOG_ROOM);
  }

  /** The devices as the Container Device Interface names them. */
  List<String> cdiDevices() {
    return gpus.stream().map(CDI_GPU::concat).toList();
  }

  List<String> variables() {
    return environment.entrySet().stream()
        .map(variable -> variable.getKey() + "=" + variable.getValue())
        .toList();
  }
}
