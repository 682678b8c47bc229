package dev.assay.daemon;

import dev.assay.job.JobId;
import dev.assay.job.JobJournal;
import dev.assay.job.JobRecord;
import dev.assay.job.JobSpec;
import dev.assay.job.JobState;
import dev.assay.job.Outcome;
import dev.assay.job.OutputSummary;
import dev.assay.job.StopReason;
import dev.assay.runtime.Completion;
import dev.assay.runtime.Execution;
import dev.assay.runtime.JobRuntime;
import dev.assay.runtime.StartedProcess;
import dev.assay.token.JobToken;
import dev.assay.token.Tokens;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;

/**
 * Takes jobs from accepted to ended. Each step is journalled, and the start and the end are logged,
 * before the next is taken.
 */
final class JobRuns {
  private final JobJournal journal;
  private final JobTokens tokens;
  private final JobRules rules;
  private final JobRuntime runtime;
  private final JobReports reports;
  private final Runnable beforeStart;
  private final InstantSource clock;
  private final Link link;
  private final JobSteps steps;
  private final JobAbsence absence;
  private final Map<JobId, Execution> executions = new HashMap<>();

  /**
   * Runs jobs.
   *
   * @param beforeStart called before a job starts, to make way for it
   * @param thread of this object's own; one thread
   */
  JobRuns(
      AgentBase base,
      JobTokens tokens,
      JobRules rules,
      JobReports reports,
      Runnable beforeStart,
      ScheduledExecutorService thread) {
    this.journal = base.parts().jobs();
    this.runtime = base.parts().runtime();
    this.clock = base.parts().clock();
    this.link = base.link();
    this.steps = new JobSteps(thread, base.events());
    this.absence = new JobAbsence(thread, id -> stop(id, StopReason.DISCONNECTED));
    this.tokens = tokens;
    this.rules = rules;
    this.reports = reports;
    this.beforeStart = beforeStart;
  }

  /** After a start of the agent: finds the jobs again that may be running. */
  void adopt() {
    for (JobRecord job : journal.all()) {
      switch (job.state()) {
        case JobState.Starting s -> steps.take(job.id(), () -> adopt(job.id()));
        case JobState.Running r -> steps.take(job.id(), () -> adopt(job.id()));
        case JobState.Ending e -> steps.take(job.id(), () -> adopt(job.id()));
        case JobState.Ended e -> steps.take(job.id(), () -> reportEnd(job.id()));
        case JobState.Accepted a -> {}
        case JobState.Refused r -> {}
      }
    }
    steps.later(() -> runtime.endOthers(underWay()));
    onDisconnect();
  }

  private Set<JobId> underWay() {
    return journal.all().stream()
        .filter(job -> !job.state().isFinal())
        .map(JobRecord::id)
        .collect(Collectors.toSet());
  }

  /** Begins a job that was accepted. */
  void launch(JobId id) {
    steps.take(id, () -> start(id));
  }

  /** Has a job end. */
  void stop(JobId id, StopReason reason) {
    steps.take(id, () -> end(id, reason));
  }

  /** Has every job end. */
  void stopAll(StopReason reason) {
    for (JobRecord job : journal.all()) {
      if (!job.state().isFinal()) {
        stop(job.id(), reason);
      }
    }
  }

  /** Whether a job is in a state in which it may use the host. */
  boolean anyRunning() {
    return journal.all().stream().anyMatch(job -> !job.state().isFinal());
  }

  /** The coordinator is there: jobs that waited for it begin, none ends for want of it. */
  void onSession() {
    steps.later(absence::end);
    for (JobRecord job : journal.all()) {
      if (job.state() instanceof JobState.Accepted) {
        launch(job.id());
      }
    }
  }

  /** The coordinator is away: jobs that may go on without it only for so long are timed. */
  void onDisconnect() {
    steps.later(() -> executions.keySet().forEach(this::timeAbsence));
  }

  private void adopt(JobId id) throws IOException {
    if (!executions.containsKey(id)) {
      follow(id, runtime.adopt(id, spec(require(id)), journal.directory(id)));
    }
    if (require(id).state() instanceof JobState.Ending ending) {
      executions.get(id).stop(ending.reason());
    }
  }

  private void start(JobId id) throws IOException {
    JobRecord job = require(id);
    if (!(job.state() instanceof JobState.Accepted accepted)) {
      return;
    }
    JobToken token = Tokens.parse(job.token(), JobToken.class).token();
    if (rules.isExpired(token)) {
      neverRan(
          job,
          new Outcome.FailedToStart(Outcome.Cause.HOST, "its token expired before it could start"));
      return;
    }
    tokens.logStart(job);
    beforeStart.run();
    journal.update(id, accepted.starting(clock.instant()));
    follow(id, runtime.start(id, JobRules.spec(token), journal.directory(id)));
  }

  private void follow(JobId id, Execution execution) throws IOException {
    executions.put(id, execution);
    if (link.session().isEmpty()) {
      timeAbsence(id);
    }
    execution
        .completion()
        .whenComplete((completion, never) -> steps.take(id, () -> ended(id, completion)));
    execution.started().thenAccept(begun -> steps.take(id, () -> running(id, begun)));
  }

  private void running(JobId id, StartedProcess begun) throws IOException {
    if (require(id).state() instanceof JobState.Starting starting) {
      reports.changed(
          journal.update(id, starting.running(begun.startedAt(), begun.pid(), begun.startTicks())));
    }
  }

  private void end(JobId id, StopReason reason) throws IOException {
    JobRecord job = require(id);
    switch (job.state()) {
      case JobState.Accepted a -> neverRan(job, new Outcome.Stopped(reason));
      case JobState.Starting s -> end(job, reason);
      case JobState.Running r -> end(job, reason);
      case JobState.Ending e -> end(job, reason);
      case JobState.Ended e -> {}
      case JobState.Refused r -> {}
    }
  }

  private void end(JobRecord job, StopReason reason) throws IOException {
    if (!(job.state() instanceof JobState.Ending)) {
      reports.changed(journal.update(job.id(), job.state().ending(clock.instant(), reason)));
    }
    Execution execution = executions.get(job.id());
    if (execution != null) {
      execution.stop(reason);
    }
  }

  private void neverRan(JobRecord job, Outcome outcome) throws IOException {
    journal.update(
        job.id(),
        job.state()
            .ended(
                clock.instant(),
                outcome,
                Optional.empty(),
                OutputSummary.EMPTY,
                OutputSummary.EMPTY,
                Optional.empty()));
    reportEnd(job.id());
  }

  private void ended(JobId id, Completion end) throws IOException {
    JobState state = require(id).state();
    if (!state.isFinal()) {
      journal.update(
          id,
          state.ended(
              end.endedAt(),
              end.outcome(),
              end.startedAt(),
              end.stdout(),
              end.stderr(),
              end.image()));
    }
    executions.remove(id);
    reportEnd(id);
  }

  private void reportEnd(JobId id) throws IOException {
    JobRecord job = require(id);
    if (job.state() instanceof JobState.Ended ended && !job.acknowledged()) {
      reports.changed(tokens.logEnd(job, ended));
    }
  }

  private void timeAbsence(JobId id) {
    spec(require(id)).stopAfterDisconnect().ifPresent(most -> absence.begin(id, most));
  }

  private static JobSpec spec(JobRecord job) {
    return JobRules.spec(Tokens.parse(job.token(), JobToken.class).token());
  }

  private JobRecord require(JobId id) {
    return journal
        .find(id)
        .orElseThrow(() -> new IllegalStateException("the journal lost the job " + id));
  }
}
