package dev.assay.daemon;

import dev.assay.daemon.AgentEvent.JobChanged;
import dev.assay.job.JobJournal;
import dev.assay.job.JobRecord;
import dev.assay.job.JobState;
import dev.assay.job.Outcome;
import dev.assay.wire.FromNode;
import dev.assay.wire.Limits;
import dev.assay.wire.RunningJob;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells the coordinator, and whoever watches, where jobs stand. */
final class JobReports {
  private final JobJournal journal;
  private final JobTokens tokens;
  private final Link link;
  private final Consumer<AgentEvent> events;

  JobReports(JobJournal journal, JobTokens tokens, Link link, Consumer<AgentEvent> events) {
    this.journal = journal;
    this.tokens = tokens;
    this.link = link;
    this.events = events;
  }

  /** The jobs that the coordinator has not acknowledged to the end, for a hello. */
  List<RunningJob> unfinished() {
    return journal.all().stream()
        .filter(job -> !job.acknowledged())
        .limit(Limits.JOBS)
        .map(job -> new RunningJob(job.id().value(), job.state().revision(), job.state().word()))
        .toList();
  }

  /** A job has come to its present state just now. */
  void changed(JobRecord job) throws IOException {
    events.accept(new JobChanged(job.id(), job.state()));
    send(job);
  }

  /**
   * Sends a job's present state; of an end, the tokens of start and end. An end that is yet to be
   * logged is not spoken of: acknowledged without its token, it would never be sent again.
   */
  void send(JobRecord job) throws IOException {
    Optional<String> end = tokens.end(job);
    if (end.isPresent()) {
      link.send(
          new FromNode.JobResult(
              job.id().value(),
              job.state().revision(),
              tokens.start(job),
              end.get(),
              why(job.state())));
    } else if (!tokens.isOwed(job)) {
      link.send(
          new FromNode.JobState(
              job.id().value(), job.state().revision(), job.state().word(), detail(job.state())));
    }
  }

  /** What the signed end does not say. */
  private static Optional<String> why(JobState state) {
    if (!(state instanceof JobState.Ended ended)) {
      return Optional.empty();
    }
    return switch (ended.outcome()) {
      case Outcome.FailedToStart failed -> Optional.of(fitting(failed.detail()));
      case Outcome.Lost lost -> Optional.of(fitting(lost.detail()));
      case Outcome.Exited e -> Optional.empty();
      case Outcome.Signalled s -> Optional.empty();
      case Outcome.Stopped s -> Optional.empty();
      case Outcome.OutOfMemory o -> Optional.empty();
    };
  }

  private static Optional<String> detail(JobState state) {
    return switch (state) {
      case JobState.Refused refused ->
          Optional.of(fitting(refused.refusal().setting() + ": " + refused.refusal().reason()));
      case JobState.Ended ended -> Optional.of(fitting(ended.outcome().sentence()));
      case JobState.Ending ending -> Optional.of(ending.reason().word());
      case JobState.Accepted a -> Optional.empty();
      case JobState.Starting s -> Optional.empty();
      case JobState.Running r -> Optional.empty();
    };
  }

  private static String fitting(String sentence) {
    return sentence.length() <= Limits.SENTENCE_LENGTH
        ? sentence
        : sentence.substring(0, Limits.SENTENCE_LENGTH);
  }
}
