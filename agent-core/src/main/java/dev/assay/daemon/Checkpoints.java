package dev.assay.daemon;

import dev.assay.crypto.PublicKey;
import dev.assay.daemon.AgentEvent.Trouble;
import dev.assay.log.AddCheckpoint;
import dev.assay.log.AddCheckpointAnswer;
import dev.assay.log.NoteKey;
import dev.assay.log.NoteSignature;
import dev.assay.log.SignedCheckpoint;
import dev.assay.log.store.LogStore;
import dev.assay.wire.FromCoordinator.CosignRefused;
import dev.assay.wire.FromCoordinator.Cosigned;
import dev.assay.wire.FromNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Has the coordinator cosign the log's checkpoints: soon after appends, several of them together,
 * and one request at a time. What was not answered in one session is asked for again in the next.
 */
final class Checkpoints {
  private static final long BATCH_MILLIS = 500;
  private static final String CONFLICT = "conflict";

  private final LogStore log;
  private final PublicKey coordinator;
  private final Link link;
  private final ScheduledExecutorService timer;
  private final Consumer<AgentEvent> events;
  private SignedCheckpoint asked;
  private boolean scheduled;
  private long cosigned;

  Checkpoints(
      LogStore log,
      PublicKey coordinator,
      Link link,
      ScheduledExecutorService timer,
      Consumer<AgentEvent> events) {
    this.log = log;
    this.coordinator = coordinator;
    this.link = link;
    this.timer = timer;
    this.events = events;
  }

  /** The size of the newest log that the coordinator is known to have cosigned. */
  synchronized long cosigned() {
    return cosigned;
  }

  /** The log has grown. */
  synchronized void grown() {
    if (!scheduled) {
      scheduled = true;
      CompletableFuture.delayedExecutor(BATCH_MILLIS, TimeUnit.MILLISECONDS, timer)
          .execute(this::ask);
    }
  }

  /** A session stands, and the coordinator says how far it has cosigned. */
  synchronized void onSession(long size) {
    cosigned = size;
    asked = null;
    if (size > log.size()) {
      events.accept(
          new Trouble(
              "the coordinator has cosigned %d entries of this node's log, which has only %d: the log was set back, restore the newer one"
                  .formatted(size, log.size())));
    }
    ask();
  }

  /** The coordinator has cosigned what it was asked to. */
  synchronized void onCosigned(Cosigned answer) throws RejectedException, IOException {
    if (asked == null || asked.size() != answer.size()) {
      throw RejectedException.outOfOrder(
          "no cosignature was asked for of a checkpoint of size " + answer.size());
    }
    try {
      byte[] lines = answer.cosignatures().getBytes(StandardCharsets.UTF_8);
      for (NoteSignature line : AddCheckpointAnswer.Cosigned.parse(lines).cosignatures()) {
        log.addCosignature(asked, NoteKey.ofWitness(line.name(), coordinator), line);
      }
    } catch (IllegalArgumentException e) {
      throw RejectedException.malformed(e);
    }
    cosigned = asked.size();
    asked = null;
    ask();
  }

  /** The coordinator has not cosigned. */
  synchronized void onRefused(CosignRefused answer) {
    asked = null;
    if (answer.code().equals(CONFLICT)
        && answer.size() <= log.size()
        && answer.size() != cosigned) {
      cosigned = answer.size();
      ask();
      return;
    }
    events.accept(
        new Trouble("the coordinator does not cosign this node's log: " + answer.message()));
  }

  private synchronized void ask() {
    scheduled = false;
    SignedCheckpoint newest = log.checkpoint();
    if (asked != null || newest.size() <= cosigned || link.session().isEmpty()) {
      return;
    }
    try {
      AddCheckpoint request =
          new AddCheckpoint(
              cosigned, log.consistency(cosigned, newest.size()).path(), newest.note());
      asked = newest;
      link.send(new FromNode.AddCheckpoint(new String(request.bytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      events.accept(new Trouble("the node's log cannot be read: " + e.getMessage()));
    }
  }
}
