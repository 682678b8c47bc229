package dev.assay.daemon;

import dev.assay.wire.CloseCode;
import dev.assay.wire.FromNode;
import dev.assay.wire.Session;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * The session of the moment, if one stands. A message sent without one is dropped: everything that
 * matters is found again in the log or the journal and sent when the next session opens.
 */
final class Link {
  private Session<FromNode> session;

  synchronized void open(Session<FromNode> opened) {
    session = opened;
  }

  synchronized void lost() {
    session = null;
  }

  synchronized Optional<Session<FromNode>> session() {
    return Optional.ofNullable(session);
  }

  /** Queues a message. */
  void send(FromNode message) {
    session().ifPresent(open -> open.send(message).exceptionally(lost -> null));
  }

  /**
   * Sends a message and waits until it has left.
   *
   * @throws SessionEndedException if no session stands, or it ends first
   */
  void sendAndWait(FromNode message) throws SessionEndedException, InterruptedException {
    Session<FromNode> open = session().orElseThrow(() -> new SessionEndedException(null));
    try {
      open.send(message).get();
    } catch (ExecutionException e) {
      throw new SessionEndedException(e.getCause());
    }
  }

  /** Ends the session after what is queued. */
  void close(String reason) {
    session().ifPresent(open -> open.close(CloseCode.GOING_AWAY, reason));
  }
}
