package dev.assay.runtime.container;

import dev.assay.job.JobId;
import dev.assay.job.JobSpec;
import dev.assay.job.Outcome;
import dev.assay.job.OutputSummary;
import dev.assay.job.OwnerPolicy;
import dev.assay.job.StopReason;
import dev.assay.runtime.Completion;
import dev.assay.runtime.Execution;
import dev.assay.runtime.OutputReader;
import dev.assay.runtime.ProcessStat;
import dev.assay.runtime.StartedProcess;
import dev.assay.runtime.container.ContainerFiles.Exit;
import dev.assay.runtime.container.ContainerFiles.Made;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One job in a container, from wherever it stands to its end. An agent that adopts it takes the
 * same way as the one that starts it; what was done before is seen in the files and in the engine.
 */
final class ContainerExecution implements Execution {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerExecution.class);
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LAST_PAUSE_MILLIS = 60_000;
  private static final long ENGINE_RETRY_MILLIS = 1000;

  private static final int REMOVALS = 20;
  private static final long REMOVAL_PAUSE_MILLIS = 100;

  /** What all containers of an agent have in common. */
  record Surroundings(
      Engines engines, OwnerPolicy policy, String node, String boot, InstantSource clock) {}

  private final Surroundings around;
  private final JobId id;
  private final JobSpec spec;
  private final Path directory;
  private final ContainerFiles files;
  private final StopRequest stop;
  private final CompletableFuture<StartedProcess> started = new CompletableFuture<>();
  private final CompletableFuture<Completion> completion = new CompletableFuture<>();
  private volatile Optional<PullProgress> pull = Optional.empty();
  private Optional<Made> made = Optional.empty();

  ContainerExecution(Surroundings around, JobId id, JobSpec spec, Path directory) {
    this.around = around;
    this.id = id;
    this.spec = spec;
    this.directory = directory;
    this.files = ContainerFiles.of(directory);
    this.stop = new StopRequest(files);
  }

  @Override
  public JobId id() {
    return id;
  }

  @Override
  public CompletionStage<StartedProcess> started() {
    return started.minimalCompletionStage();
  }

  @Override
  public Optional<String> progress() {
    return pull.map(PullProgress::toString);
  }

  @Override
  public void stop(StopReason reason) {
    if (!completion.isDone()) {
      stop.ask(reason);
    }
  }

  @Override
  public CompletionStage<Completion> completion() {
    return completion.minimalCompletionStage();
  }

  void abandon() {
    stop.abandon();
  }

  String name() {
    return ContainerRuntime.containerName(around.node(), id);
  }

  /** Goes all the way; an engine that is away is waited for, once the job may have begun. */
  void run() {
    while (!stop.abandoned()) {
      try {
        proceed();
        return;
      } catch (EngineException e) {
        if (!e.isUnreachable() || made.isEmpty()) {
          boolean ran = made.flatMap(Made::startedAt).isPresent();
          finish(
              ran
                  ? new Outcome.Lost("its container engine says: " + e.getMessage())
                  : new Outcome.FailedToStart(Outcome.Cause.HOST, e.getMessage()),
              Optional.empty());
          return;
        }
        LOG.warn("The job {} waits for its container engine: {}", id, e.getMessage());
      } catch (IOException e) {
        LOG.warn("The job {} cannot go on and is tried again: {}", id, e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        LOG.error("The job {} cannot go on", id, e);
        finish(new Outcome.Lost("a defect of the agent: " + e), Optional.empty());
        return;
      }
      pause(ENGINE_RETRY_MILLIS);
    }
  }

  private void proceed() throws EngineException, IOException, InterruptedException {
    files.prepare();
    Optional<Exit> exit = files.exit();
    made = files.made();
    if (exit.isPresent()) {
      complete(exit.get());
      return;
    }
    ContainerEngine engine = around.engines().get();
    Optional<ContainerState> state = engine.find(name());
    if (made.isPresent() && !made.get().boot().equals(around.boot())) {
      finish(new Outcome.Lost("the host was restarted while it ran"), state);
      return;
    }
    if (state.isEmpty() && made.isPresent()) {
      finish(new Outcome.Lost("its container was removed from outside"), state);
      return;
    }
    if (made.isEmpty() && !make(engine, state)) {
      return;
    }
    try (OutputFiles outputs = new OutputFiles(directory, around.policy().maxOutputBytes());
        ContainerOutput output = engine.output(name(), files.log())) {
      runToEnd(engine, outputs, output);
    }
  }

  /** Makes the container, with its image. Returns false if it cannot be made. */
  private boolean make(ContainerEngine engine, Optional<ContainerState> state)
      throws EngineException, IOException, InterruptedException {
    LocalImage image;
    try {
      image =
          new ImagePull(engine, around.policy().containers(), stop, now -> pull = Optional.of(now))
              .get(spec.container().orElseThrow(), files.archive());
    } catch (ImagePull.FailedException e) {
      if (!stop.abandoned()) {
        finish(e.outcome(), state);
      }
      return false;
    }
    pull = Optional.empty();
    engine.create(
        ContainerPlan.of(
            name(),
            Map.of(
                ContainerRuntime.NODE_LABEL, around.node(),
                ContainerRuntime.JOB_LABEL, id.value()),
            image,
            spec,
            files.log(),
            around.policy().maxOutputBytes()));
    Made now =
        new Made(
            around.boot(), image.digest(), 0, Optional.empty(), Optional.empty(), Long.MAX_VALUE);
    files.writeMade(now);
    made = Optional.of(now);
    return true;
  }

  private void runToEnd(ContainerEngine engine, OutputFiles outputs, ContainerOutput output)
      throws EngineException, IOException, InterruptedException {
    while (!stop.abandoned()) {
      Optional<ContainerState> state = engine.find(name());
      if (state.isPresent() && isToBeStarted(state.get())) {
        if (stop.reason().isPresent()) {
          finish(new Outcome.Stopped(stop.reason().get()), state);
          return;
        }
        try {
          engine.start(name());
        } catch (EngineException e) {
          if (e.programFailure().isEmpty()) {
            throw e;
          }
          finish(e.programFailure().get(), Optional.empty());
          return;
        }
        state = engine.find(name());
      }
      if (state.isEmpty()) {
        finish(new Outcome.Lost("its container was removed from outside"), state);
        return;
      }
      begun(state.get());
      ContainerWatch watch =
          new ContainerWatch(
              engine, name(), spec, stop, made.orElseThrow().deadlineMillis(), outputs, output);
      Optional<ContainerState> end = watch.follow(state.get());
      if (stop.abandoned()) {
        return;
      }
      if (end.isPresent() && !ended(watch, end.get(), outputs, output)) {
        continue;
      }
      if (end.isEmpty()) {
        finish(new Outcome.Lost("its container was removed from outside"), end);
      }
      return;
    }
  }

  /** One run of the container is over. Returns false if another follows. */
  private boolean ended(
      ContainerWatch watch, ContainerState end, OutputFiles outputs, ContainerOutput output)
      throws IOException, InterruptedException {
    output.drain(outputs);
    outputs.force();
    Outcome outcome = watch.outcome(end);
    if (ranTooLong(end) && !(outcome instanceof Outcome.Stopped)) {
      outcome = new Outcome.Stopped(StopReason.TIME_LIMIT);
    }
    if (spec.container().orElseThrow().restart().follows(outcome, made.orElseThrow().restarts())) {
      int before = made.get().restarts();
      Made again = made.get().again(end.finishedAt());
      files.writeMade(again);
      made = Optional.of(again);
      pause(Math.min(LAST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(before, 20)));
      return false;
    }
    finish(outcome, Optional.of(end));
    return true;
  }

  /** Never started, or ended and to be started once more. */
  private boolean isToBeStarted(ContainerState state) {
    Made now = made.orElseThrow();
    return state.phase() == ContainerState.Phase.CREATED
        || (state.phase() == ContainerState.Phase.EXITED
            && now.restarts() > 0
            && now.endedBefore().equals(state.finishedAt()));
  }

  /** The engine itself ends a container whose agent is away too long; it does not say why. */
  private boolean ranTooLong(ContainerState end) {
    return end.startedAt().isPresent()
        && end.finishedAt().isPresent()
        && Duration.between(end.startedAt().get(), end.finishedAt().get())
                .compareTo(spec.timeLimit())
            >= 0;
  }

  private void begun(ContainerState state) throws IOException {
    Instant at = state.startedAt().orElseGet(() -> around.clock().instant());
    Made now = made.orElseThrow();
    if (now.startedAt().isEmpty()) {
      long since = Math.max(0, Duration.between(at, around.clock().instant()).toMillis());
      now = now.started(at, ContainerWatch.uptimeMillis() - since + spec.timeLimit().toMillis());
      files.writeMade(now);
      made = Optional.of(now);
    }
    Instant first = now.startedAt().orElse(at);
    ProcessStat.of(state.pid())
        .ifPresent(
            stat -> started.complete(new StartedProcess(stat.pid(), stat.startTicks(), first)));
  }

  private void finish(Outcome outcome, Optional<ContainerState> end) {
    Optional<Instant> startedAt =
        outcome instanceof Outcome.FailedToStart ? Optional.empty() : made.flatMap(Made::startedAt);
    Instant now = around.clock().instant();
    Instant endedAt = end.flatMap(ContainerState::finishedAt).orElse(now);
    if (startedAt.isPresent() && endedAt.isBefore(startedAt.get())) {
      endedAt = startedAt.get();
    }
    Exit exit = new Exit(outcome, startedAt, endedAt, made.map(Made::image));
    while (!stop.abandoned()) {
      try {
        files.prepare();
        files.writeExit(exit);
        complete(exit);
        return;
      } catch (IOException e) {
        LOG.warn("The end of the job {} cannot be written yet: {}", id, e.getMessage());
        pause(ENGINE_RETRY_MILLIS);
      }
    }
  }

  /** The end is on the disk: what is left of the container goes, and everyone may know. */
  private void complete(Exit exit) {
    remove();
    completion.complete(
        new Completion(
            exit.outcome(),
            exit.startedAt(),
            exit.endedAt(),
            summary("stdout"),
            summary("stderr"),
            exit.image()));
  }

  /** An engine may still be busy with the end itself. */
  private void remove() {
    for (int left = REMOVALS; left > 0; left--) {
      try {
        around.engines().get().remove(name());
        Files.deleteIfExists(files.log());
        return;
      } catch (EngineException | IOException e) {
        if (left == 1 || stop.abandoned()) {
          LOG.warn("The container {} is left to the next start: {}", name(), e.getMessage());
          return;
        }
        pause(REMOVAL_PAUSE_MILLIS);
      }
    }
  }

  private OutputSummary summary(String stream) {
    try {
      return new OutputReader(directory.resolve(stream), around.policy().maxOutputBytes())
          .summary();
    } catch (IOException e) {
      LOG.error("The output of the job {} cannot be read: {}", id, e.getMessage());
      return OutputSummary.EMPTY;
    }
  }

  private void pause(long millis) {
    try {
      stop.await(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop.abandon();
    }
  }
}
