package dev.assay.runtime.container;

import dev.assay.job.JobSpec;
import dev.assay.job.Outcome;
import dev.assay.job.StopReason;
import dev.assay.runtime.ProcessStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one run of a container to its end: takes its output along, holds it to its limits, ends
 * it when it is asked to.
 */
final class ContainerWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerWatch.class);
  private static final long COPY_RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long POLL_MILLIS = 20;
  private static final long RETRY_MILLIS = 500;
  private static final long DISK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int SIGNAL_BASE = 128;
  private static final int LAST_SIGNAL = 64;

  private final ContainerEngine engine;
  private final String name;
  private final JobSpec spec;
  private final StopRequest stop;
  private final long deadlineMillis;
  private final OutputFiles files;
  private final ContainerOutput output;

  private Optional<ProcessStat> init = Optional.empty();
  private OomEvidence memory = OomEvidence.none();
  private boolean asked;
  private long killAt;
  private long copyAt = System.nanoTime();
  private long diskAt = System.nanoTime();

  ContainerWatch(
      ContainerEngine engine,
      String name,
      JobSpec spec,
      StopRequest stop,
      long deadlineMillis,
      OutputFiles files,
      ContainerOutput output) {
    this.engine = engine;
    this.name = name;
    this.spec = spec;
    this.stop = stop;
    this.deadlineMillis = deadlineMillis;
    this.files = files;
    this.output = output;
  }

  /** The host's clock since boot, which nobody sets. */
  static long uptimeMillis() {
    try {
      String uptime = Files.readString(Path.of("/proc/uptime"));
      return (long) (Double.parseDouble(uptime.split(" ", 2)[0]) * 1000);
    } catch (IOException e) {
      return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
  }

  /**
   * Returns how it stands once it has ended; empty if the agent stops following it, or the
   * container is gone.
   */
  Optional<ContainerState> follow(ContainerState running)
      throws EngineException, IOException, InterruptedException {
    init = ProcessStat.of(running.pid());
    memory = OomEvidence.of(running.pid());
    while (init.isPresent() && init.get().alive()) {
      memory.look();
      copy();
      checkLimits();
      end();
      if (stop.abandoned()) {
        return Optional.empty();
      }
      stop.await(POLL_MILLIS);
    }
    memory.look();
    return exited();
  }

  /** How a run ended that nobody asked to end. */
  Outcome outcome(ContainerState end) {
    int code = end.exitCode();
    if (stop.reason().isPresent()) {
      return new Outcome.Stopped(stop.reason().get());
    }
    if (files.overflowed()) {
      return new Outcome.Stopped(StopReason.OUTPUT_LIMIT);
    }
    if (code != 0 && (end.outOfMemory() || memory.found(end.id()))) {
      return new Outcome.OutOfMemory();
    }
    if (code > SIGNAL_BASE && code <= SIGNAL_BASE + LAST_SIGNAL) {
      return new Outcome.Signalled(code - SIGNAL_BASE);
    }
    return new Outcome.Exited(code & 0xff);
  }

  /** A full disk must not keep the job from its limits: what cannot be written waits in the log. */
  private void copy() {
    if (System.nanoTime() - copyAt < 0) {
      return;
    }
    try {
      output.copy(files);
    } catch (IOException e) {
      LOG.warn("The output of {} cannot be kept now: {}", name, e.getMessage());
      output.rewind();
      files.rewind();
      copyAt = System.nanoTime() + COPY_RETRY_NANOS;
    }
  }

  /** Its process is gone: the engine will say so too. */
  private Optional<ContainerState> exited() throws EngineException, InterruptedException {
    while (!stop.abandoned()) {
      try {
        Optional<ContainerState> state = engine.find(name);
        if (state.isEmpty() || state.get().phase() == ContainerState.Phase.EXITED) {
          return state;
        }
        Thread.sleep(POLL_MILLIS);
      } catch (EngineException e) {
        if (!e.isUnreachable()) {
          throw e;
        }
        // An engine that is being restarted knows its containers again.
        stop.await(RETRY_MILLIS);
      }
    }
    return Optional.empty();
  }

  private void checkLimits() throws EngineException {
    if (files.overflowed()) {
      stop.ask(StopReason.OUTPUT_LIMIT);
    }
    if (uptimeMillis() >= deadlineMillis) {
      stop.ask(StopReason.TIME_LIMIT);
    }
    OptionalLong disk = spec.container().orElseThrow().writableRootBytes();
    if (disk.isPresent() && System.nanoTime() - diskAt > DISK_NANOS) {
      try {
        if (engine.written(name) > disk.getAsLong()) {
          stop.ask(StopReason.DISK_LIMIT);
        }
      } catch (EngineException e) {
        if (!e.isUnreachable()) {
          throw e;
        }
      }
      diskAt = System.nanoTime();
    }
  }

  private void end() {
    if (stop.reason().isEmpty()) {
      return;
    }
    long now = System.nanoTime();
    if (!asked) {
      asked = true;
      boolean atOnce = stop.reason().get() == StopReason.DISK_LIMIT;
      killAt = now + (atOnce ? 0 : spec.grace().toNanos());
      signal("SIGTERM");
    } else if (now - killAt >= 0) {
      killAt = now + TimeUnit.SECONDS.toNanos(1);
      signal("SIGKILL");
    }
  }

  /** Also where the engine is away: with its first process the whole container ends. */
  private void signal(String signal) {
    try {
      engine.signal(name, signal);
    } catch (EngineException e) {
      ProcessHandle.of(init.orElseThrow().pid())
          .filter(process -> init.get().alive())
          .ifPresent(
              signal.equals("SIGKILL") ? ProcessHandle::destroyForcibly : ProcessHandle::destroy);
    }
  }
}
