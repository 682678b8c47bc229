package dev.assay.runtime;

import dev.assay.job.JobId;
import dev.assay.job.JobSpec;
import dev.assay.job.OwnerPolicy;
import dev.assay.job.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** An agent's home with a process runtime, and what tests ask of its jobs. */
final class Jobs implements AutoCloseable {
  static final JobSpec SPEC =
      JobSpec.process(
          List.of("true"),
          Map.of(),
          new Resources(64L << 20, 1000, 32),
          Duration.ofSeconds(60),
          Duration.ofSeconds(5),
          Optional.empty());

  private final Path home;
  private final OwnerPolicy policy;
  private ProcessRuntime runtime;

  Jobs(Path home, OwnerPolicy policy) throws InterruptedException {
    this.home = home;
    this.policy = policy;
    this.runtime = ProcessRuntime.open(home, policy, InstantSource.system());
  }

  static JobSpec sh(String script) {
    return command("sh", "-c", script);
  }

  static JobSpec command(String... command) {
    return with(SPEC, Arrays.asList(command));
  }

  static JobSpec with(JobSpec spec, List<String> command) {
    return JobSpec.process(
        command,
        spec.environment(),
        spec.resources(),
        spec.timeLimit(),
        spec.grace(),
        spec.stopAfterDisconnect());
  }

  static JobSpec with(JobSpec spec, Map<String, String> environment) {
    return JobSpec.process(
        spec.command(),
        environment,
        spec.resources(),
        spec.timeLimit(),
        spec.grace(),
        spec.stopAfterDisconnect());
  }

  static JobSpec with(JobSpec spec, Resources resources) {
    return JobSpec.process(
        spec.command(),
        spec.environment(),
        resources,
        spec.timeLimit(),
        spec.grace(),
        spec.stopAfterDisconnect());
  }

  static JobSpec with(JobSpec spec, Duration timeLimit, Duration grace) {
    return JobSpec.process(
        spec.command(),
        spec.environment(),
        spec.resources(),
        timeLimit,
        grace,
        spec.stopAfterDisconnect());
  }

  ProcessRuntime runtime() {
    return runtime;
  }

  /** What happens to the runtime when the agent's process ends and another starts. */
  ProcessRuntime restart() throws InterruptedException {
    runtime.close();
    runtime = ProcessRuntime.open(home, policy, InstantSource.system());
    return runtime;
  }

  Path directory(String id) throws IOException {
    return Files.createDirectories(home.resolve("jobs")).resolve(id);
  }

  Execution start(String id, JobSpec spec) throws IOException {
    Path directory = directory(id);
    Files.createDirectory(directory);
    return runtime.start(new JobId(id), spec, directory);
  }

  Execution adopt(String id) throws IOException {
    return runtime.adopt(new JobId(id), SPEC, directory(id));
  }

  Completion run(String id, JobSpec spec) throws Exception {
    return end(start(id, spec));
  }

  static Completion end(Execution execution) throws Exception {
    return execution.completion().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  String output(String id) throws IOException {
    return Files.readString(directory(id).resolve("stdout"));
  }

  String errors(String id) throws IOException {
    return Files.readString(directory(id).resolve("stderr"));
  }

  SupervisorFiles files(String id) throws IOException {
    return SupervisorFiles.of(directory(id));
  }

  /** Waits until a job has written {@code text}. */
  void awaitOutput(String id, String text) throws Exception {
    Path file = directory(id).resolve("stdout");
    await(
        () -> {
          try {
            return Files.exists(file) && Files.readString(file).contains(text);
          } catch (IOException e) {
            return false;
          }
        });
  }

  static void await(BooleanSupplier condition) throws InterruptedException {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - giveUp > 0) {
        throw new AssertionError("waited for 10 seconds in vain");
      }
      Thread.sleep(5);
    }
  }

  static void kill(long pid) throws Exception {
    new ProcessBuilder("kill", "-KILL", Long.toString(pid)).start().waitFor();
  }

  static boolean alive(long pid) {
    try {
      return !Files.readString(Path.of("/proc", Long.toString(pid), "stat")).contains(") Z ");
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    runtime.close();
  }
}
