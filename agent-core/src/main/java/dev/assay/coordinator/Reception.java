package dev.assay.coordinator;

import dev.assay.crypto.PublicKey;
import dev.assay.token.PlatformToken;
import dev.assay.token.TokenException;
import dev.assay.token.Tokens;
import dev.assay.wire.Admission;
import dev.assay.wire.Availability;
import dev.assay.wire.CloseCode;
import dev.assay.wire.Fault;
import dev.assay.wire.FromNode;
import dev.assay.wire.FromNode.Hello;
import dev.assay.wire.Heartbeat;
import dev.assay.wire.NodeSession;
import dev.assay.wire.Secret;
import dev.assay.wire.ServerHandler;
import dev.assay.wire.SessionEnd;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets nodes in and hands what they send to the desk that it is for. */
record Reception(
    Nodes nodes,
    Sessions sessions,
    ProofDesk proofs,
    JobDesk jobs,
    WitnessDesk witness,
    InstantSource clock)
    implements ServerHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

  @Override
  public Optional<Fault> enrol(PublicKey node, Secret secret) {
    Optional<String> refused = nodes.enrol(node, secret.digest(), clock.instant().getEpochSecond());
    refused.ifPresentOrElse(
        reason -> LOG.info("node {} was not enrolled: {}", node.id(), reason),
        () -> LOG.info("node {} is enrolled", node.id()));
    return refused.map(reason -> new Fault(Fault.ENROLMENT_REFUSED, reason));
  }

  @Override
  public Admission admit(PublicKey node, Hello hello) {
    Optional<NodeRecord> known = nodes.find(node.id().value());
    if (known.isEmpty()) {
      return new Admission.Refused(
          new Fault(
              Fault.NOT_ENROLLED,
              "this node is not enrolled here: join with a token of this coordinator"));
    }
    if (hello.bootEpoch() < known.get().bootEpoch()) {
      return new Admission.Refused(
          new Fault(
              Fault.REFUSED,
              "boot epoch "
                  + hello.bootEpoch()
                  + " is below "
                  + known.get().bootEpoch()
                  + ", which this key had before: is an old copy of the node running?"));
    }
    try {
      Tokens.verify(hello.platform(), PlatformToken.class, node);
    } catch (TokenException e) {
      return new Admission.Refused(Faults.of(Fault.REFUSED, "hello.platform: " + e.getMessage()));
    }
    return new Admission.Admitted(known.get().log().size());
  }

  @Override
  public void onSession(NodeSession session) {
    LOG.info("node {} has session {}", session.node().id(), session.id());
    try {
      nodes.seen(session.hello(), clock.instant().getEpochSecond());
      witness.compare(session);
      sessions.opened(session);
      proofs.resume(session);
      jobs.resume(session);
    } catch (IOException | DatabaseException e) {
      LOG.error("session {} could not be opened: {}", session.id(), e.getMessage());
      session.close(CloseCode.INTERNAL, "the coordinator failed; dial again later");
    }
  }

  @Override
  public void onMessage(NodeSession session, FromNode message) {
    try {
      switch (message) {
        case FromNode.AvailabilityChange change -> available(session, change.now());
        case FromNode.Commitment commitment -> proofs.commitment(session, commitment);
        case FromNode.Refusal refusal -> proofs.refusal(session, refusal);
        case FromNode.Opening opening -> proofs.opening(session, opening);
        case FromNode.BlobData piece -> proofs.blobData(session, piece);
        case FromNode.AddCheckpoint checkpoint -> witness.addCheckpoint(session, checkpoint);
        case FromNode.JobState state -> jobs.state(session, state);
        case FromNode.JobOutput output -> jobs.output(session, output);
        case FromNode.JobOutputEnd end -> jobs.outputEnd(session, end);
        case FromNode.JobResult result -> jobs.result(session, result);
        case Fault fault -> {
          LOG.warn("node {} answers: {}", session.node().id(), Faults.fitting(fault.message()));
          jobs.fault(session, fault);
        }
        case FromNode.Enrol enrol -> outOfOrder(session, "enrol");
        case Hello hello -> outOfOrder(session, "hello");
        case Heartbeat heartbeat -> outOfOrder(session, "heartbeat");
      }
    } catch (TokenException e) {
      session.send(Faults.of(Fault.REFUSED, e.getMessage()));
    } catch (IOException | DatabaseException e) {
      failed(session, e);
    }
  }

  @Override
  public void onClosed(NodeSession session, SessionEnd end) {
    LOG.info("session {} of node {} ended: {}", session.id(), session.node().id(), end.reason());
    sessions.closed(session);
    try {
      nodes.left(session.node().id().value(), clock.instant().getEpochSecond());
    } catch (DatabaseException e) {
      LOG.warn("when session {} ended was not stored: {}", session.id(), e.getMessage());
    }
  }

  private void available(NodeSession session, Availability now) {
    LOG.info("node {} is {}", session.node().id(), now.state().word());
    sessions.available(session, now);
    jobs.proceed(session.node().id().value());
  }

  private static void outOfOrder(NodeSession session, String type) {
    session.send(new Fault(Fault.OUT_OF_ORDER, type + " has no place in a session that stands"));
  }

  /** The coordinator's own fault: the node may send it again. */
  private static void failed(NodeSession session, Exception failure) {
    LOG.error(
        "a message of node {} was not handled: {}", session.node().id(), failure.getMessage());
    session.send(
        new Fault(
            Fault.INTERNAL, "the coordinator failed; it was not stored, send it again later"));
  }
}
