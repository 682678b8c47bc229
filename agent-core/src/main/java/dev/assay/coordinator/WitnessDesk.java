package dev.assay.coordinator;

import dev.assay.log.AddCheckpoint;
import dev.assay.log.AddCheckpointAnswer;
import dev.assay.log.AddCheckpointAnswer.Conflict;
import dev.assay.log.AddCheckpointAnswer.Cosigned;
import dev.assay.log.AddCheckpointAnswer.Reason;
import dev.assay.log.AddCheckpointAnswer.Refused;
import dev.assay.log.LogFormatException;
import dev.assay.log.NoteKey;
import dev.assay.log.SignedCheckpoint;
import dev.assay.log.TreeHead;
import dev.assay.log.Witness;
import dev.assay.wire.Fault;
import dev.assay.wire.FromCoordinator;
import dev.assay.wire.FromNode;
import dev.assay.wire.NodeSession;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cosigns nodes' checkpoints as a tlog-witness. What was cosigned last is durable before the
 * cosignature leaves, so no crash makes the coordinator vouch for two histories. A checkpoint that
 * contradicts it is kept as evidence.
 */
record WitnessDesk(Witness witness, Nodes nodes) {
  private static final Logger LOG = LoggerFactory.getLogger(WitnessDesk.class);
  private static final String ORIGIN = "assay.dev/node/";

  void addCheckpoint(NodeSession session, FromNode.AddCheckpoint message) {
    String id = session.node().id().value();
    NoteKey log = NoteKey.ofLog(ORIGIN + id, session.node());
    try {
      AddCheckpoint request = AddCheckpoint.parse(message.body().getBytes(StandardCharsets.UTF_8));
      session.send(answer(id, log, request));
    } catch (LogFormatException e) {
      session.send(Faults.of(Fault.MALFORMED, "add-checkpoint: " + e.getMessage()));
    }
  }

  /** Looks whether the checkpoint of a hello contradicts what was cosigned. */
  void compare(NodeSession session) {
    String id = session.node().id().value();
    NoteKey log = NoteKey.ofLog(ORIGIN + id, session.node());
    try {
      keepFork(
          id,
          SignedCheckpoint.open(
              session.hello().checkpoint().getBytes(StandardCharsets.UTF_8), log));
    } catch (LogFormatException e) {
      session.send(Faults.of(Fault.MALFORMED, "hello.checkpoint: " + e.getMessage()));
    }
  }

  private synchronized FromCoordinator answer(String id, NoteKey log, AddCheckpoint request) {
    NodeRecord node = nodes.find(id).orElseThrow();
    AddCheckpointAnswer answer = witness.answer(request, log, node.log());
    return switch (answer) {
      case Cosigned cosigned -> {
        SignedCheckpoint checkpoint = SignedCheckpoint.open(request.checkpoint(), log);
        if (!checkpoint.head().equals(node.log())) {
          nodes.cosigned(id, checkpoint.head());
        }
        yield new FromCoordinator.Cosigned(
            checkpoint.size(), new String(cosigned.body(), StandardCharsets.UTF_8));
      }
      case Conflict conflict -> {
        keepFork(id, SignedCheckpoint.open(request.checkpoint(), log));
        yield new FromCoordinator.CosignRefused(
            conflict.size(), "conflict", "the proof must start at " + conflict.size() + " entries");
      }
      case Refused refused ->
          new FromCoordinator.CosignRefused(
              node.log().size(), code(refused.cause()), Faults.fitting(refused.reason()));
    };
  }

  /** Two roots for one size under one key need no proof: the node showed two histories. */
  private void keepFork(String id, SignedCheckpoint checkpoint) {
    TreeHead known = nodes.find(id).orElseThrow().log();
    if (checkpoint.size() == known.size() && !checkpoint.head().equals(known)) {
      LOG.error("node {} has shown two histories of its log of {} entries", id, known.size());
      nodes.forked(id, new String(checkpoint.note().bytes(), StandardCharsets.UTF_8));
    }
  }

  private static String code(Reason cause) {
    return switch (cause) {
      case MALFORMED -> "malformed";
      case NOT_SIGNED -> "not-signed";
      case UNKNOWN_LOG -> "unknown-log";
      case INCONSISTENT -> "inconsistent";
    };
  }
}
