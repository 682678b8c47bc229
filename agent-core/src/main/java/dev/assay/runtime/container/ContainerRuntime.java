package dev.assay.runtime.container;

import dev.assay.job.JobId;
import dev.assay.job.JobSpec;
import dev.assay.job.OwnerPolicy;
import dev.assay.job.Refusal;
import dev.assay.runtime.Execution;
import dev.assay.runtime.JobRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs jobs in containers of Podman or Docker.
 *
 * <p>A container has no capability, gains no privilege, can write nothing but its {@code /tmp}, has
 * no network, and finds nothing of the host: what its specification asks for besides, and its owner
 * allows, is all that it gets. Its memory, swap included, processor time and processes are bounded
 * by the kernel, its time, output and disk by the agent; while the agent is away, Podman ends it at
 * its time limit, and Docker leaves that to the agent's return.
 */
public final class ContainerRuntime implements JobRuntime {
  static final String NODE_LABEL = "dev.assay.node";
  static final String JOB_LABEL = "dev.assay.job";

  private static final Logger LOG = LoggerFactory.getLogger(ContainerRuntime.class);
  private static final int NODE_IN_NAME = 16;

  private final ContainerExecution.Surroundings around;
  private final Map<JobId, ContainerExecution> running = new ConcurrentHashMap<>();
  private volatile boolean closed;

  ContainerRuntime(Engines engines, OwnerPolicy policy, String node, InstantSource clock) {
    this.around = new ContainerExecution.Surroundings(engines, policy, node, boot(), clock);
  }

  /**
   * Makes a runtime; the engine is looked for when it is first needed.
   *
   * @param node names the node among all, as a label of its containers
   * @param engine the engine's socket, instead of the usual places
   * @param credentials a file of credentials for registries
   * @param environment the agent's own, for {@code CONTAINER_HOST} and {@code DOCKER_HOST}
   */
  public static ContainerRuntime open(
      String node,
      OwnerPolicy policy,
      Optional<Path> engine,
      Optional<Path> credentials,
      Map<String, String> environment,
      InstantSource clock) {
    EngineFinder finder =
        new EngineFinder(engine, Map.copyOf(environment), new Credentials(credentials));
    return new ContainerRuntime(new Engines(finder::find), policy, node, clock);
  }

  static String containerName(String node, JobId job) {
    return "assay-" + node.substring(0, Math.min(NODE_IN_NAME, node.length())) + "-" + job;
  }

  @Override
  public Optional<Refusal> refusal(JobSpec spec) {
    try {
      around.engines().get();
      return Optional.empty();
    } catch (EngineException e) {
      return Optional.of(new Refusal("containers.engine", e.getMessage()));
    }
  }

  @Override
  public Execution start(JobId id, JobSpec spec, Path directory) {
    return follow(new ContainerExecution(around, id, spec, directory));
  }

  @Override
  public Execution adopt(JobId id, JobSpec spec, Path directory) {
    return follow(new ContainerExecution(around, id, spec, directory));
  }

  @Override
  public void endOthers(Set<JobId> known) {
    if (!around.policy().containers().enabled() && running.isEmpty()) {
      return;
    }
    Set<String> ours =
        known.stream().map(id -> containerName(around.node(), id)).collect(Collectors.toSet());
    try {
      ContainerEngine engine = around.engines().get();
      for (String name : engine.labelled(NODE_LABEL, around.node())) {
        if (!ours.contains(name)) {
          LOG.warn("The container {} belongs to no job and is removed", name);
          engine.remove(name);
        }
      }
    } catch (EngineException e) {
      LOG.warn("Containers that are left over cannot be looked for: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    closed = true;
    running.values().forEach(ContainerExecution::abandon);
    around.engines().close();
  }

  private Execution follow(ContainerExecution execution) {
    running.put(execution.id(), execution);
    Thread.ofPlatform()
        .daemon()
        .name("assay-container-" + execution.id())
        .start(
            () -> {
              try {
                execution.run();
              } finally {
                running.remove(execution.id(), execution);
              }
            });
    if (closed) {
      execution.abandon();
    }
    return execution;
  }

  /** Names the host's present run; empty where none is known. */
  private static String boot() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
