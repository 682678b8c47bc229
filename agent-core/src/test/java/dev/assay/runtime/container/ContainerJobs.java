package dev.assay.runtime.container;

import dev.assay.job.ContainerPolicy;
import dev.assay.job.ContainerSpec;
import dev.assay.job.ImagePattern;
import dev.assay.job.JobId;
import dev.assay.job.JobSpec;
import dev.assay.job.NetworkMode;
import dev.assay.job.OwnerPolicy;
import dev.assay.job.Resources;
import dev.assay.job.UrlPattern;
import dev.assay.runtime.Completion;
import dev.assay.runtime.Execution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** An agent's home with a container runtime on a real engine, and what tests ask of its jobs. */
final class ContainerJobs implements AutoCloseable {
  static final long MAX_OUTPUT = 256 << 10;
  static final OwnerPolicy POLICY =
      new OwnerPolicy(
          false,
          OwnerPolicy.DEFAULT.perJob(),
          Duration.ofHours(1),
          MAX_OUTPUT,
          Resources.NONE,
          Optional.empty(),
          new ContainerPolicy(
              true,
              List.of(new ImagePattern("*")),
              List.of(new UrlPattern("http://" + TestRegistry.ADDRESS + "/*")),
              NetworkMode.OUTBOUND,
              List.of("*"),
              1L << 30,
              64L << 20,
              Duration.ofSeconds(2)));

  private final TestEngine engine;
  private final Path home;
  private final String node;
  private ContainerRuntime runtime;

  ContainerJobs(TestEngine engine, Path home) throws IOException {
    Files.createDirectories(home);
    Files.writeString(home.resolve("auth.json"), "{}");
    this.engine = engine;
    this.home = home;
    this.node = "node" + Long.toHexString(System.nanoTime());
    this.runtime = open();
  }

  static JobSpec sh(String script) {
    return command("sh", "-c", script);
  }

  static JobSpec command(String... command) {
    return JobSpec.process(
            Arrays.asList(command),
            Map.of(),
            new Resources(64L << 20, 1000, 32),
            Duration.ofSeconds(60),
            Duration.ofSeconds(1),
            Optional.empty())
        .in(ContainerSpec.of(TestEngine.IMAGE));
  }

  static JobSpec limited(JobSpec spec, Duration timeLimit) {
    return new JobSpec(
        spec.container(),
        spec.command(),
        spec.environment(),
        spec.resources(),
        timeLimit,
        spec.grace(),
        spec.stopAfterDisconnect());
  }

  static JobSpec with(JobSpec spec, Map<String, String> environment) {
    return new JobSpec(
        spec.container(),
        spec.command(),
        environment,
        spec.resources(),
        spec.timeLimit(),
        spec.grace(),
        spec.stopAfterDisconnect());
  }

  private ContainerRuntime open() {
    return ContainerRuntime.open(
        node,
        POLICY,
        Optional.of(engine.socket()),
        Optional.of(home.resolve("auth.json")),
        Map.of(),
        InstantSource.system());
  }

  ContainerRuntime runtime() {
    return runtime;
  }

  String node() {
    return node;
  }

  Path home() {
    return home;
  }

  /** What happens when the agent's process ends and another starts. */
  void restart() {
    runtime.close();
    runtime = open();
  }

  Path directory(String id) {
    return home.resolve(id);
  }

  ContainerFiles files(String id) {
    return ContainerFiles.of(directory(id));
  }

  Execution start(String id, JobSpec spec) throws IOException {
    Files.createDirectories(directory(id));
    return runtime.start(new JobId(id), spec, directory(id));
  }

  Execution adopt(String id, JobSpec spec) {
    return runtime.adopt(new JobId(id), spec, directory(id));
  }

  Completion run(String id, JobSpec spec) throws Exception {
    return end(start(id, spec));
  }

  static Completion end(Execution execution) throws Exception {
    return execution.completion().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  String output(String id) throws IOException {
    return Files.readString(directory(id).resolve("stdout"));
  }

  String errors(String id) throws IOException {
    return Files.readString(directory(id).resolve("stderr"));
  }

  String name(String id) {
    return ContainerRuntime.containerName(node, new JobId(id));
  }

  /** The engine itself, to look behind the runtime's back. */
  ContainerEngine engine() throws EngineException {
    return new EngineFinder(
            Optional.of(engine.socket()), Map.of(), new Credentials(Optional.empty()))
        .find();
  }

  boolean isThere(String id) throws EngineException {
    try (ContainerEngine direct = engine()) {
      return direct.find(name(id)).isPresent();
    }
  }

  void awaitOutput(String id, String text) throws Exception {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    Path file = directory(id).resolve("stdout");
    while (!Files.exists(file) || !Files.readString(file).contains(text)) {
      if (System.nanoTime() > giveUp) {
        throw new AssertionError("waited for '" + text + "' in vain");
      }
      Thread.sleep(10);
    }
  }

  @Override
  public void close() {
    runtime.endOthers(Set.of());
    runtime.close();
  }
}
