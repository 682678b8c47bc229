package dev.assay.daemon;

import dev.assay.job.JobId;
import dev.assay.job.JobJournal;
import dev.assay.job.JobRecord;
import dev.assay.job.Refusal;
import dev.assay.job.StopReason;
import dev.assay.token.JobToken;
import dev.assay.token.SignedToken;
import dev.assay.wire.Fault;
import dev.assay.wire.FromCoordinator.JobAck;
import dev.assay.wire.FromCoordinator.JobCancel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A signed job → accepted → started → ended → acknowledged. Every step is in the journal before it
 * is told, start and end are in the log, and each step is taken once, however often it is asked
 * for: a message that comes again is answered from the journal.
 */
final class JobPipeline {
  /** Longer than a token may be valid, so that no token can begin its job a second time. */
  private static final Duration KEPT = JobRules.MAX_VALIDITY.plusDays(2);

  private final JobJournal journal;
  private final JobRules rules;
  private final JobRuns runs;
  private final JobReports reports;
  private final Optional<JobVeto> veto;
  private final InstantSource clock;

  JobPipeline(
      JobJournal journal,
      JobRules rules,
      JobRuns runs,
      JobReports reports,
      Optional<JobVeto> veto,
      InstantSource clock) {
    this.journal = journal;
    this.rules = rules;
    this.runs = runs;
    this.reports = reports;
    this.veto = veto;
    this.clock = clock;
  }

  /** A job token came. */
  void onJob(String compact) throws RejectedException, IOException {
    SignedToken<JobToken> token = rules.read(compact);
    JobId id = rules.id(token.token());
    synchronized (journal) {
      Optional<JobRecord> known = journal.find(id);
      if (known.isPresent()) {
        if (!known.get().token().equals(compact)) {
          throw RejectedException.refused("this node has another job " + id);
        }
        reports.send(known.get());
        return;
      }
      rules.checkTimes(token.token());
    }
    Optional<Refusal> refusal = rules.refusal(token.token(), journal.all());
    if (veto.isPresent() && refusal.isEmpty()) {
      byte[] spec = token.token().spec().getBytes(StandardCharsets.UTF_8);
      veto.get().ask(id, spec, said -> settle(id, token, said));
    } else {
      settle(id, token, refusal);
    }
  }

  /** Takes a job on or refuses it, once; what forbids it now counts besides {@code refusal}. */
  private void settle(JobId id, SignedToken<JobToken> token, Optional<Refusal> refusal)
      throws IOException {
    synchronized (journal) {
      if (journal.find(id).isPresent()) {
        return;
      }
      Optional<Refusal> last = refusal.or(() -> rules.refusal(token.token(), journal.all()));
      if (last.isPresent()) {
        reports.changed(journal.refuse(id, token.compact(), last.get()));
        return;
      }
      reports.changed(journal.accept(id, token.compact()));
    }
    runs.launch(id);
  }

  /** The coordinator wants a job to end. */
  void onCancel(JobCancel cancel) throws RejectedException, IOException {
    forget(cancel.id());
    JobRecord job = known(cancel.id());
    if (job.state().isFinal()) {
      reports.send(job);
    } else {
      runs.stop(job.id(), StopReason.CANCELLED);
    }
  }

  /** The coordinator has stored a state of a job. */
  void onAck(JobAck ack) throws RejectedException, IOException {
    JobRecord job = known(ack.id());
    if (job.state().isFinal() && ack.revision() >= job.state().revision()) {
      journal.acknowledge(job.id());
      journal.removeEndedBefore(clock.instant().minus(KEPT));
    }
  }

  /** A session stands: what the coordinator may not know is told, what waits is begun. */
  void onSession() throws IOException {
    for (JobRecord job : journal.all()) {
      if (!job.acknowledged()) {
        reports.send(job);
      }
    }
    runs.onSession();
  }

  /** The session has ended. */
  void onDisconnect() {
    runs.onDisconnect();
  }

  /** A job that is yet to be decided on is not known here, and will not be. */
  private void forget(String id) {
    if (veto.isPresent() && JobId.isId(id)) {
      veto.get().forget(new JobId(id));
    }
  }

  private JobRecord known(String id) throws RejectedException {
    return find(id)
        .orElseThrow(() -> new RejectedException(Fault.NOT_FOUND, "this node has no job " + id));
  }

  private Optional<JobRecord> find(String id) throws RejectedException {
    try {
      return journal.find(new JobId(id));
    } catch (IllegalArgumentException e) {
      throw RejectedException.malformed(e);
    }
  }
}
