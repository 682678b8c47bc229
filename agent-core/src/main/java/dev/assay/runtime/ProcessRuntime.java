package dev.assay.runtime;

import dev.assay.job.JobId;
import dev.assay.job.JobSpec;
import dev.assay.job.Outcome;
import dev.assay.job.OwnerPolicy;
import dev.assay.job.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs plain processes of the host.
 *
 * <p>Each job has a session, a directory and control groups of its own, the environment of its
 * specification and nothing else, closed files, an empty input, and ends with every process that it
 * started. Memory, processor time and the number of processes are bounded by the kernel; time and
 * output by a supervisor, a shell script that goes on when the agent is gone.
 *
 * <p>What it does not give: the job sees the host's files and network as its user does. An agent
 * that runs as root should name an ordinary user for jobs: a job that is root can undo all of the
 * above.
 */
public final class ProcessRuntime implements JobRuntime {
  private static final long POLL_MILLIS = 100;
  private static final long START_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long START_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SUPERVISOR_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final OwnerPolicy policy;
  private final ProcessHost host;
  private final String boot;
  private final InstantSource clock;
  private final Map<ProcessExecution, Boolean> running = new ConcurrentHashMap<>();
  private final Thread watch;
  private final ExecutorService ends;
  private volatile boolean closed;

  private ProcessRuntime(OwnerPolicy policy, ProcessHost host, String boot, InstantSource clock) {
    this.policy = policy;
    this.host = host;
    this.boot = boot;
    this.clock = clock;
    ThreadFactory threads = Thread.ofPlatform().daemon().name("assay-jobs-", 0).factory();
    this.ends = Executors.newCachedThreadPool(threads);
    this.watch = threads.newThread(this::watch);
  }

  /**
   * Looks at what this host has to run jobs with. A host that lacks something is no error: every
   * job is then {@linkplain #refusal refused} with the reason.
   *
   * @param home the agent's home directory, after whose path its control groups are named
   */
  public static ProcessRuntime open(Path home, OwnerPolicy policy, InstantSource clock)
      throws InterruptedException {
    ProcessRuntime runtime =
        new ProcessRuntime(
            policy, ProcessHost.look(home, policy.user()), ProcessHost.boot(), clock);
    runtime.watch.start();
    return runtime;
  }

  @Override
  public Optional<Refusal> refusal(JobSpec spec) {
    return host instanceof ProcessHost.Unfit unfit
        ? Optional.of(new Refusal(unfit.setting(), unfit.reason()))
        : Optional.empty();
  }

  @Override
  public Execution start(JobId id, JobSpec spec, Path directory) {
    return switch (host) {
      case ProcessHost.Unfit unfit -> failed(id, directory, List.of(), unfit.reason());
      case ProcessHost.Fit fit -> start(fit, id, spec, directory);
    };
  }

  @Override
  public Execution adopt(JobId id, JobSpec spec, Path directory) {
    SupervisorFiles files = SupervisorFiles.of(directory);
    Optional<SupervisorFiles.Place> place = files.place().filter(at -> at.boot().equals(boot));
    List<Path> groups = place.map(SupervisorFiles.Place::groups).orElse(List.of());
    try {
      if (files.claim() || !hasSupervisor(files)) {
        return failed(id, directory, groups, "the agent ended before the job was started");
      }
    } catch (IOException e) {
      return ended(
          id, directory, groups, new Outcome.Lost("its files cannot be read: " + e.getMessage()));
    }
    if (place.isEmpty() && !files.hasExit()) {
      return ended(id, directory, groups, new Outcome.Lost("the host was restarted while it ran"));
    }
    return follow(execution(id, directory, groups));
  }

  /** A job whose files are gone is ended by its own supervisor, which looks for them. */
  @Override
  public void endOthers(Set<JobId> known) {}

  @Override
  public void close() {
    closed = true;
    watch.interrupt();
    ends.shutdown();
    if (host instanceof ProcessHost.Fit fit) {
      fit.groups().close();
    }
  }

  private Execution start(ProcessHost.Fit fit, JobId id, JobSpec spec, Path directory) {
    List<Path> groups = List.of();
    try {
      Path work = directory.toAbsolutePath().resolve("work");
      makeDirectory(work);
      Path program;
      switch (CommandPath.find(spec, work)) {
        case CommandPath.Missing missing -> {
          return ended(id, directory, groups, missing.outcome());
        }
        case CommandPath.Found found -> program = found.program();
      }
      if (fit.user().isPresent()) {
        fit.user().get().own(work);
      }
      JobGroup group = fit.groups().create(id.value(), spec.resources());
      groups = group.directories();
      SupervisorFiles files = SupervisorFiles.of(directory);
      makeDirectory(files.directory());
      files.writePlace(new SupervisorFiles.Place(boot, groups));
      files.writeLaunch(spec, program, work, group, fit.user());
      files.writeSupervise(spec, group, policy.maxOutputBytes());
      Process supervisor = files.supervise();
      ProcessExecution execution = execution(id, directory, groups);
      awaitStart(supervisor, files);
      follow(execution);
      ends.execute(() -> awaitExit(supervisor, execution));
      return execution;
    } catch (IOException e) {
      return failed(id, directory, groups, e.getMessage());
    }
  }

  private static void awaitStart(Process supervisor, SupervisorFiles files) throws IOException {
    long giveUp = System.nanoTime() + START_NANOS;
    while (supervisor.isAlive() && files.started().isEmpty()) {
      if (System.nanoTime() - giveUp > 0) {
        supervisor.destroyForcibly();
        throw new IOException("the host did not start the program within 30 seconds");
      }
      LockSupport.parkNanos(START_PAUSE_NANOS);
    }
  }

  /** A supervisor that has just begun may have made its file and not yet written to it. */
  private static boolean hasSupervisor(SupervisorFiles files) {
    long giveUp = System.nanoTime() + SUPERVISOR_NANOS;
    while (files.supervisor().isEmpty()) {
      if (System.nanoTime() - giveUp > 0) {
        return false;
      }
      LockSupport.parkNanos(START_PAUSE_NANOS);
    }
    return true;
  }

  private ProcessExecution execution(JobId id, Path directory, List<Path> groups) {
    return new ProcessExecution(id, directory, groups, policy.maxOutputBytes(), clock);
  }

  private Execution follow(ProcessExecution execution) {
    running.put(execution, true);
    ends.execute(() -> end(execution));
    return execution;
  }

  private Execution failed(JobId id, Path directory, List<Path> groups, String reason) {
    return ended(id, directory, groups, new Outcome.FailedToStart(Outcome.Cause.HOST, reason));
  }

  private Execution ended(JobId id, Path directory, List<Path> groups, Outcome outcome) {
    ProcessExecution execution = execution(id, directory, groups);
    execution.finish(outcome);
    return execution;
  }

  /** An adopted job is no child of this agent, and a job that writes too much tells nobody. */
  private void watch() {
    try {
      while (true) {
        Thread.sleep(POLL_MILLIS);
        for (ProcessExecution execution : running.keySet()) {
          execution.checkOutput();
          if (execution.hasEnded()) {
            ends.execute(() -> end(execution));
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitExit(Process supervisor, ProcessExecution execution) {
    try {
      supervisor.waitFor();
      end(execution);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end(ProcessExecution execution) {
    if (!closed && execution.hasEnded() && running.remove(execution) != null) {
      execution.finish();
    }
  }

  private static void makeDirectory(Path directory) throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }
}
