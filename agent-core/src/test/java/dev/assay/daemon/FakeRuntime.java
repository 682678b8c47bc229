package dev.assay.daemon;

import dev.assay.job.JobId;
import dev.assay.job.JobSpec;
import dev.assay.job.Outcome;
import dev.assay.job.OutputSummary;
import dev.assay.job.Refusal;
import dev.assay.job.StopReason;
import dev.assay.runtime.Completion;
import dev.assay.runtime.Execution;
import dev.assay.runtime.JobRuntime;
import dev.assay.runtime.OutputReader;
import dev.assay.runtime.StartedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Jobs that run for as long as a test wants and write what it says. They outlive agents. */
final class FakeRuntime implements JobRuntime {
  static final Instant BEGIN = Instant.parse("2026-11-22T12:00:01Z");
  static final Instant END = Instant.parse("2026-11-22T12:00:02Z");

  final List<JobId> started = new ArrayList<>();
  final List<JobId> adopted = new ArrayList<>();
  final Map<JobId, StopReason> stopped = new ConcurrentHashMap<>();
  private final Map<JobId, CompletableFuture<Completion>> ends = new ConcurrentHashMap<>();
  private final Set<JobId> deaf = ConcurrentHashMap.newKeySet();
  private final Map<JobId, Path> directories = new ConcurrentHashMap<>();

  @Override
  public Optional<Refusal> refusal(JobSpec spec) {
    return Optional.empty();
  }

  @Override
  public synchronized Execution start(JobId id, JobSpec spec, Path directory) {
    started.add(id);
    directories.put(id, directory);
    ends.put(id, new CompletableFuture<>());
    return execution(id);
  }

  @Override
  public synchronized Execution adopt(JobId id, JobSpec spec, Path directory) {
    adopted.add(id);
    if (ends.putIfAbsent(id, new CompletableFuture<>()) == null) {
      ends.get(id)
          .complete(
              new Completion(
                  new Outcome.FailedToStart(Outcome.Cause.HOST, "it was never started"),
                  Optional.empty(),
                  END,
                  OutputSummary.EMPTY,
                  OutputSummary.EMPTY,
                  Optional.empty()));
    }
    return execution(id);
  }

  /** The next request to end this job is lost. */
  void deafTo(JobId id) {
    deaf.add(id);
  }

  /** The job writes something. */
  void write(String id, String text) throws IOException {
    Files.writeString(
        directories.get(new JobId(id)).resolve("stdout"),
        text,
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** The job ends. */
  void exit(String id, int code) throws IOException {
    JobId job = new JobId(id);
    Path directory = directories.get(job);
    ends.get(job)
        .complete(
            new Completion(
                new Outcome.Exited(code),
                Optional.of(BEGIN),
                END,
                summary(directory.resolve("stdout")),
                summary(directory.resolve("stderr")),
                Optional.empty()));
  }

  @Override
  public void endOthers(Set<JobId> known) {}

  @Override
  public void close() {}

  private static OutputSummary summary(Path file) throws IOException {
    return new OutputReader(file, Long.MAX_VALUE).summary();
  }

  private Execution execution(JobId job) {
    return new Execution() {
      @Override
      public JobId id() {
        return job;
      }

      @Override
      public CompletionStage<StartedProcess> started() {
        return directories.containsKey(job)
            ? CompletableFuture.completedStage(new StartedProcess(4242, 17, BEGIN))
            : new CompletableFuture<>();
      }

      @Override
      public void stop(StopReason reason) {
        if (deaf.remove(job)) {
          return;
        }
        if (stopped.putIfAbsent(job, reason) == null) {
          Path directory = directories.get(job);
          try {
            ends.get(job)
                .complete(
                    new Completion(
                        new Outcome.Stopped(reason),
                        Optional.of(BEGIN),
                        END,
                        summary(directory.resolve("stdout")),
                        summary(directory.resolve("stderr")),
                        Optional.empty()));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      }

      @Override
      public CompletionStage<Completion> completion() {
        return ends.get(job);
      }
    };
  }
}
