package dev.assay.runtime;

import dev.assay.job.JobId;
import dev.assay.job.Outcome;
import dev.assay.job.OutputSummary;
import dev.assay.job.StopReason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process job that was started or adopted. What it is now is in its files. */
final class ProcessExecution implements Execution {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessExecution.class);

  private final JobId id;
  private final Path directory;
  private final SupervisorFiles files;
  private final List<Path> groups;
  private final long outputLimit;
  private final InstantSource clock;
  private final CompletableFuture<Completion> completion = new CompletableFuture<>();

  ProcessExecution(
      JobId id, Path directory, List<Path> groups, long outputLimit, InstantSource clock) {
    this.id = id;
    this.directory = directory;
    this.files = SupervisorFiles.of(directory);
    this.groups = groups;
    this.outputLimit = outputLimit;
    this.clock = clock;
  }

  @Override
  public JobId id() {
    return id;
  }

  @Override
  public CompletionStage<StartedProcess> started() {
    return files
        .started()
        .map(CompletableFuture::completedStage)
        .orElseGet(() -> new CompletableFuture<StartedProcess>().minimalCompletionStage());
  }

  @Override
  public CompletionStage<Completion> completion() {
    return completion.minimalCompletionStage();
  }

  @Override
  public void stop(StopReason reason) {
    if (completion.isDone()) {
      return;
    }
    try {
      files.askToStop(reason);
    } catch (IOException e) {
      LOG.warn("The job {} cannot be asked to end: {}", id, e.getMessage());
    }
    files.watcher().ifPresent(ProcessStat::terminate);
  }

  /** Whether the job's program and its supervisor are gone. */
  boolean hasEnded() {
    return files.hasExit() || !files.supervisor().map(ProcessStat::alive).orElse(false);
  }

  /** Stops the job if it has written too much. */
  void checkOutput() {
    if (size("stdout") > outputLimit || size("stderr") > outputLimit) {
      stop(StopReason.OUTPUT_LIMIT);
    }
  }

  /** Completes a job that {@linkplain #hasEnded has ended}. */
  void finish() {
    finish(
        files.hasExit()
            ? ExitRecord.outcome(files)
            : new Outcome.Lost(
                "its supervisor was ended from outside, so that how it ended is not known"));
  }

  /** Completes the job with {@code outcome}, ending whatever is left of it. */
  void finish(Outcome outcome) {
    if (!JobGroup.clear(groups)) {
      LOG.warn("The job {} has ended, but a process of it hangs in {}", id, groups);
    }
    Completion end;
    try {
      boolean longStdout = cut("stdout");
      boolean tooMuch = cut("stderr") || longStdout;
      end =
          completion(
              tooMuch && !(outcome instanceof Outcome.Stopped)
                  ? new Outcome.Stopped(StopReason.OUTPUT_LIMIT)
                  : outcome,
              new OutputReader(directory.resolve("stdout"), outputLimit).summary(),
              new OutputReader(directory.resolve("stderr"), outputLimit).summary());
    } catch (IOException | RuntimeException e) {
      end =
          completion(
              new Outcome.Lost("its output cannot be read: " + e.getMessage()),
              OutputSummary.EMPTY,
              OutputSummary.EMPTY);
    }
    completion.complete(end);
  }

  private Completion completion(Outcome outcome, OutputSummary stdout, OutputSummary stderr) {
    Optional<Instant> startedAt =
        outcome instanceof Outcome.FailedToStart
            ? Optional.empty()
            : files.started().map(StartedProcess::startedAt);
    Instant exit = files.written("exit").orElseGet(clock::instant);
    Instant endedAt = startedAt.filter(exit::isBefore).orElse(exit);
    return new Completion(outcome, startedAt, endedAt, stdout, stderr, Optional.empty());
  }

  private boolean cut(String stream) throws IOException {
    if (size(stream) <= outputLimit) {
      return false;
    }
    try (FileChannel channel =
        FileChannel.open(directory.resolve(stream), StandardOpenOption.WRITE)) {
      channel.truncate(outputLimit);
    }
    return true;
  }

  private long size(String stream) {
    try {
      return Files.size(directory.resolve(stream));
    } catch (IOException e) {
      return 0;
    }
  }
}
