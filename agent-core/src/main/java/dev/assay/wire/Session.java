package dev.assay.wire;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.concurrent.CompletableFuture;

/**
 * A standing session, seen from one side, which sends messages of kind {@code M}. All methods may
 * be called from any thread.
 */
public interface Session<M extends Message> {
  /** The session's id, the same on both sides. */
  String id();

  /**
   * Queues a message; messages leave in the order in which they were queued.
   *
   * <p>The future completes when the message has been given to the socket, and fails with {@link
   * SessionClosedException} if the session ends first. The queue is bounded: a sender of many
   * messages waits for the future of one before it sends the next. A queue that runs full all the
   * same ends the session with {@link CloseCode#SLOW_READER}. A sender of single messages may
   * ignore the future: whatever keeps a message from leaving also ends the session.
   */
  @CanIgnoreReturnValue
  CompletableFuture<Void> send(M message);

  /** Ends the session after what is queued; has no effect on one that has ended. */
  void close(CloseCode code, String reason);
}
