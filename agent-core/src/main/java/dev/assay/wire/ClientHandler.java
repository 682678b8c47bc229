package dev.assay.wire;

import dev.assay.wire.FromCoordinator.Welcome;
import dev.assay.wire.FromNode.Hello;
import java.time.Duration;

/**
 * The node behind a {@link WireClient}. Calls come one after another on one thread, which they may
 * block.
 */
public interface ClientHandler {
  /** What to open the next session with. */
  Hello hello();

  /** The session stands. */
  void onWelcome(Session<FromNode> session, Welcome welcome);

  /** A message other than those that the session itself takes: welcome, heartbeat and goodbye. */
  void onMessage(Session<FromNode> session, FromCoordinator message);

  /**
   * The session, or an attempt at one, has ended.
   *
   * @param retryIn when the client dials again, unless it is closed before
   */
  void onClosed(SessionEnd end, Duration retryIn);
}
