package dev.assay.wire;

/** Who a {@link Link} belongs to. All calls come one after another on the link's own thread. */
interface LinkListener<I extends Message> {
  /** The WebSocket is open. */
  void onOpen();

  /** Any message but a heartbeat. */
  void onMessage(I message);

  /** The last call; {@link #onOpen} may not have come before it. */
  void onEnd(SessionEnd end);
}
