package dev.assay.coordinator;

import dev.assay.crypto.KeyId;
import dev.assay.job.JobSpec;
import dev.assay.token.JobEndToken;
import dev.assay.token.JobEndToken.Output;
import dev.assay.token.JobToken;
import dev.assay.token.SignedToken;
import dev.assay.token.Tokens;
import dev.assay.wire.Fault;
import dev.assay.wire.FromCoordinator;
import dev.assay.wire.FromNode;
import dev.assay.wire.JobStream;
import dev.assay.wire.NodeSession;
import dev.assay.wire.RunningJob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes jobs from order to acknowledged end. A job is done here when the node's signed end and
 * every byte of output that it speaks of are on disk; only then is the end acknowledged, so until
 * then the node keeps both.
 */
final class JobDesk {
  private final Ledger ledger;
  private final Jobs jobs;
  private final Sessions sessions;
  private final Path directory;
  private final InstantSource clock;
  private final SecureRandom random;

  JobDesk(
      Ledger ledger,
      Jobs jobs,
      Sessions sessions,
      Path directory,
      InstantSource clock,
      SecureRandom random) {
    this.ledger = ledger;
    this.jobs = jobs;
    this.sessions = sessions;
    this.directory = directory;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Orders a job from a node; it is sent now or in the node's next session.
   *
   * @param startWithin how long the order stands
   */
  String submit(KeyId node, JobSpec spec, Duration startWithin) {
    byte[] name = new byte[8];
    random.nextBytes(name);
    String id = "job-" + HexFormat.of().formatHex(name);
    long now = clock.instant().getEpochSecond();
    SignedToken<JobToken> order =
        Tokens.sign(
            new JobToken(
                ledger.id(),
                node,
                id,
                now,
                now + startWithin.toSeconds(),
                new String(spec.bytes(), StandardCharsets.UTF_8)),
            ledger.key());
    jobs.add(node.value(), order, now);
    sessions
        .of(node.value())
        .ifPresent(session -> session.send(new FromCoordinator.Job(order.compact())));
    return id;
  }

  /** Asks for a job's end; a node that is away is asked in its next session. */
  void cancel(JobOrder job, String reason) {
    jobs.cancel(job.id(), reason);
    sessions
        .of(job.node())
        .ifPresent(session -> session.send(new FromCoordinator.JobCancel(job.id(), reason)));
  }

  /** Compares what a node reports with what was ordered from it. */
  void resume(NodeSession session) throws IOException {
    Map<String, RunningJob> reported =
        session.hello().jobs().stream()
            .collect(Collectors.toMap(RunningJob::id, Function.identity()));
    for (JobOrder job : jobs.unfinished(session.node().id().value())) {
      if (reported.containsKey(job.id())) {
        job.cancel()
            .ifPresent(reason -> session.send(new FromCoordinator.JobCancel(job.id(), reason)));
        fetch(session, job.id());
      } else if (job.revision() >= 0) {
        jobs.done(job.id(), JobOrder.LOST, "the node no longer knows this job");
      } else if (job.cancel().isPresent()) {
        jobs.done(job.id(), "cancelled", job.cancel().get());
      } else if (job.order().token().expiresAt() < clock.instant().getEpochSecond()) {
        jobs.done(job.id(), "expired", "the node was away until the order had expired");
      } else {
        session.send(new FromCoordinator.Job(job.order().compact()));
      }
    }
  }

  void state(NodeSession session, FromNode.JobState message) throws IOException {
    Optional<JobOrder> job = find(session, message.id());
    if (job.isEmpty()) {
      return;
    }
    jobs.state(message.id(), message.revision(), message.state(), message.detail().orElse(""));
    session.send(new FromCoordinator.JobAck(message.id(), message.revision()));
    switch (message.state()) {
      case "refused" ->
          jobs.done(
              message.id(), message.state(), message.detail().orElse("refused without a reason"));
      case "running" -> fetch(session, message.id());
      default -> {}
    }
  }

  void output(NodeSession session, FromNode.JobOutput piece) throws IOException {
    if (find(session, piece.id()).isPresent()) {
      long size =
          file(piece.id(), piece.stream()).append(piece.offset(), piece.data().toByteArray());
      session.send(new FromCoordinator.JobOutputAck(piece.id(), piece.stream(), size));
    }
  }

  void outputEnd(NodeSession session, FromNode.JobOutputEnd end) throws IOException {
    Optional<JobOrder> job = find(session, end.id());
    if (job.isEmpty()) {
      return;
    }
    OutputFile file = file(end.id(), end.stream());
    if (!file.is(end.length(), end.sha256())) {
      if (file.size() >= end.length()) {
        file.clear();
      }
      session.send(new FromCoordinator.JobOutputGet(end.id(), end.stream(), file.size()));
      return;
    }
    complete(session, job.get());
  }

  void result(NodeSession session, FromNode.JobResult message) throws IOException {
    Optional<JobOrder> job = find(session, message.id());
    if (job.isEmpty()) {
      return;
    }
    if (job.get().done()) {
      session.send(new FromCoordinator.JobAck(message.id(), message.revision()));
      return;
    }
    SignedToken<JobEndToken> end = Tokens.verify(message.end(), JobEndToken.class, session.node());
    if (!end.token().job().equals(job.get().order().digest())) {
      session.send(new Fault(Fault.REFUSED, "the end is that of another job", message.id()));
      return;
    }
    jobs.end(message.id(), end, message.revision());
    complete(session, jobs.find(message.id()).orElseThrow());
  }

  OutputFile file(String id, JobStream stream) {
    return OutputFile.of(directory, id, stream);
  }

  /** Acknowledges the end once all output is here, and asks for what is missing. */
  private void complete(NodeSession session, JobOrder job) throws IOException {
    if (job.end().isEmpty() || job.done()) {
      return;
    }
    JobEndToken end = job.end().get().token();
    boolean stdout = has(session, job.id(), JobStream.STDOUT, end.stdout());
    boolean stderr = has(session, job.id(), JobStream.STDERR, end.stderr());
    if (stdout && stderr) {
      jobs.done(job.id(), end.outcome(), job.detail());
      session.send(new FromCoordinator.JobAck(job.id(), job.endRevision()));
    }
  }

  private boolean has(NodeSession session, String id, JobStream stream, Output expected)
      throws IOException {
    OutputFile file = file(id, stream);
    if (file.is(expected.size(), expected.sha256())) {
      return true;
    }
    if (file.size() >= expected.size()) {
      file.clear();
    }
    session.send(new FromCoordinator.JobOutputGet(id, stream, file.size()));
    return false;
  }

  private void fetch(NodeSession session, String id) throws IOException {
    for (JobStream stream : JobStream.values()) {
      session.send(new FromCoordinator.JobOutputGet(id, stream, file(id, stream).size()));
    }
  }

  private Optional<JobOrder> find(NodeSession session, String id) {
    Optional<JobOrder> job =
        jobs.find(id).filter(order -> order.node().equals(session.node().id().value()));
    if (job.isEmpty()) {
      session.send(new Fault(Fault.NOT_FOUND, "this coordinator gave this node no such job", id));
    }
    return job;
  }
}
