package dev.assay.coordinator;

import dev.assay.crypto.Digest;
import dev.assay.crypto.KeyId;
import dev.assay.job.JobSpec;
import dev.assay.token.JobEndToken;
import dev.assay.token.JobStartToken;
import dev.assay.token.JobToken;
import dev.assay.token.SignedToken;
import dev.assay.token.Tokens;
import dev.assay.wire.Fault;
import dev.assay.wire.FromCoordinator;
import dev.assay.wire.FromNode;
import dev.assay.wire.Limits;
import dev.assay.wire.NodeSession;
import dev.assay.wire.RunningJob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes jobs from order to acknowledged end. A job is done here when the node's signed end and
 * every byte of output that it speaks of are on disk; only then is the end acknowledged, so until
 * then the node keeps both.
 */
final class JobDesk {
  private final Ledger ledger;
  private final Jobs jobs;
  private final JobOutputs outputs;
  private final JobDispatch dispatch;
  private final Sessions sessions;
  private final Surroundings surroundings;

  JobDesk(
      Ledger ledger, Jobs jobs, JobOutputs outputs, Sessions sessions, Surroundings surroundings) {
    this.ledger = ledger;
    this.jobs = jobs;
    this.outputs = outputs;
    this.dispatch = new JobDispatch(jobs, sessions);
    this.sessions = sessions;
    this.surroundings = surroundings;
  }

  /**
   * Orders a job from a node; it is sent now or in the node's next session.
   *
   * @param startWithin how long the order stands
   * @return its id
   */
  String submit(KeyId node, JobSpec spec, Duration startWithin) {
    long now = surroundings.now();
    SignedToken<JobToken> order =
        ledger.sign(
            new JobToken(
                ledger.id(),
                node,
                "job-" + surroundings.newId(),
                now,
                now + startWithin.toSeconds(),
                new String(spec.bytes(), StandardCharsets.UTF_8)));
    jobs.add(order);
    dispatch.proceed(node.value());
    return order.token().id();
  }

  /** Asks for a job's end; a node that is away is asked in its next session. */
  void cancel(JobOrder job, String reason) {
    jobs.cancel(job.id(), reason);
    if (job.sent()) {
      sessions.send(job.node(), new FromCoordinator.JobCancel(job.id(), reason));
    } else {
      jobs.done(job.id(), JobOrder.CANCELLED, reason);
    }
  }

  /** Ends orders that were never sent and have expired. */
  void expire() {
    jobs.expire(surroundings.now());
  }

  /** Compares what a node reports with what was ordered from it. */
  void resume(NodeSession session) throws IOException {
    Map<String, RunningJob> reported = new HashMap<>();
    session.hello().jobs().forEach(job -> reported.put(job.id(), job));
    // A list that is full may have left this one out; the node says so when it is asked.
    boolean complete = reported.size() < Limits.JOBS;
    for (JobOrder job : jobs.underWay(session.node().id().value())) {
      if (complete && !reported.containsKey(job.id())) {
        lost(session, job, "the node no longer knows this job");
        continue;
      }
      job.cancel()
          .ifPresent(reason -> session.send(new FromCoordinator.JobCancel(job.id(), reason)));
      outputs.fetch(session, job.id());
    }
    dispatch.resume(session);
  }

  /** Sends a node what it has room for; nothing new while its owner keeps it from working. */
  void proceed(String node) {
    dispatch.proceed(node);
  }

  void state(NodeSession session, FromNode.JobState message) throws IOException {
    Optional<JobOrder> found = find(session, message.id());
    if (found.isEmpty()) {
      return;
    }
    JobOrder job = found.get();
    jobs.state(
        job.id(), message.revision(), message.state(), Faults.fitting(message.detail().orElse("")));
    session.send(new FromCoordinator.JobAck(job.id(), message.revision()));
    if (!job.done()) {
      switch (message.state()) {
        // An end without its token has nothing that could still be waited for.
        case "refused", "ended" ->
            jobs.done(job.id(), message.state(), Faults.fitting(message.detail().orElse("")));
        case "running" -> outputs.fetch(session, job.id());
        default -> {}
      }
    }
    dispatch.settled(job.node(), job.id());
  }

  void output(NodeSession session, FromNode.JobOutput piece) throws IOException {
    Optional<JobOrder> job = find(session, piece.id());
    if (job.isPresent()) {
      outputs.take(session, job.get(), piece);
    }
  }

  /** What the node says here of length and digest counts for nothing: its signed end does. */
  void outputEnd(NodeSession session, FromNode.JobOutputEnd end) throws IOException {
    Optional<JobOrder> job = find(session, end.id());
    if (job.isEmpty() || job.get().done()) {
      return;
    }
    if (job.get().end().isPresent()) {
      complete(session, job.get());
    } else if (outputs.file(end.id(), end.stream()).size() < end.length()) {
      outputs.ask(session, end.id(), end.stream());
    }
  }

  void result(NodeSession session, FromNode.JobResult message) throws IOException {
    Optional<JobOrder> found = find(session, message.id());
    if (found.isEmpty()) {
      return;
    }
    JobOrder job = found.get();
    if (job.end().isEmpty()) {
      Optional<String> fault = fault(session, job, message);
      if (fault.isPresent()) {
        session.send(Faults.of(Fault.REFUSED, fault.get(), job.id()));
        return;
      }
      jobs.end(message);
    } else if (!job.end().get().compact().equals(message.end())) {
      session.send(Faults.of(Fault.REFUSED, "this job has ended in another way", job.id()));
      return;
    }
    dispatch.settled(job.node(), job.id());
    if (job.done() && job.end().isPresent()) {
      session.send(new FromCoordinator.JobAck(job.id(), message.revision()));
    } else {
      complete(session, jobs.find(job.id()).orElseThrow());
    }
  }

  /** A node says that it cannot act on what it was sent about a job. */
  void fault(NodeSession session, Fault fault) {
    Optional<JobOrder> found =
        fault
            .about()
            .flatMap(about -> about(about, fault.code()))
            .filter(job -> job.node().equals(session.node().id().value()) && !job.done());
    if (found.isEmpty()) {
      return;
    }
    JobOrder job = found.get();
    if (fault.code().equals(Fault.NOT_FOUND) && !job.answered() && job.cancel().isPresent()) {
      jobs.done(job.id(), JobOrder.CANCELLED, job.cancel().get());
    } else if (fault.code().equals(Fault.NOT_FOUND) && job.answered()) {
      lost(session, job, Faults.fitting("the node says: " + fault.message()));
    } else if (!fault.code().equals(Fault.NOT_FOUND) && !job.answered()) {
      jobs.done(job.id(), "refused", Faults.fitting(fault.message()));
    }
    dispatch.settled(job.node(), job.id());
  }

  JobOutputs outputs() {
    return outputs;
  }

  /**
   * Whether what a node has been sent is meant: by a job's id, or by its token if it was refused.
   */
  private Optional<JobOrder> about(String about, String code) {
    Optional<JobOrder> byId = jobs.find(about);
    if (byId.isPresent() || (!code.equals(Fault.REFUSED) && !code.equals(Fault.MALFORMED))) {
      return byId.filter(job -> code.equals(Fault.NOT_FOUND));
    }
    try {
      return jobs.ofToken(Digest.ofBase64Url(about));
    } catch (IllegalArgumentException notADigest) {
      return Optional.empty();
    }
  }

  private void lost(NodeSession session, JobOrder job, String why) {
    if (job.end().isPresent()) {
      jobs.done(job.id(), job.end().get().token().outcome(), "its output is not complete: " + why);
      session.send(new FromCoordinator.JobAck(job.id(), job.endRevision()));
    } else {
      jobs.done(job.id(), JobOrder.LOST, why);
    }
  }

  /** Why a node's word of a job's end is not taken. */
  private static Optional<String> fault(
      NodeSession session, JobOrder job, FromNode.JobResult message) {
    JobEndToken end = Tokens.verify(message.end(), JobEndToken.class, session.node()).token();
    if (!end.job().equals(job.order().digest())) {
      return Optional.of("the end is that of another job");
    }
    Optional<SignedToken<JobStartToken>> start =
        message.start().map(token -> Tokens.verify(token, JobStartToken.class, session.node()));
    if (!start.map(SignedToken::digest).equals(end.start())) {
      return Optional.of("the end is that of another start");
    }
    boolean ours =
        start
            .map(SignedToken::token)
            .map(
                token ->
                    token.job().equals(job.order().digest())
                        && token.spec().equals(job.order().token().specDigest()))
            .orElse(true);
    return ours ? Optional.empty() : Optional.of("the start is that of another job");
  }

  /** Acknowledges the end once all output is here, and asks for what is missing. */
  private void complete(NodeSession session, JobOrder job) throws IOException {
    JobEndToken end = job.end().orElseThrow().token();
    Optional<List<String>> remarks = outputs.missing(session, job.id(), end);
    if (remarks.isPresent()) {
      String detail = remarks.get().isEmpty() ? job.detail() : String.join("; ", remarks.get());
      jobs.done(job.id(), end.outcome(), detail);
      session.send(new FromCoordinator.JobAck(job.id(), job.endRevision()));
    }
  }

  private Optional<JobOrder> find(NodeSession session, String id) {
    Optional<JobOrder> job =
        jobs.find(id).filter(order -> order.node().equals(session.node().id().value()));
    if (job.isEmpty()) {
      session.send(Faults.of(Fault.NOT_FOUND, "this coordinator gave this node no such job", id));
    }
    return job;
  }
}
