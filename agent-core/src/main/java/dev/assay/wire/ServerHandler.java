package dev.assay.wire;

import dev.assay.crypto.PublicKey;
import dev.assay.wire.FromNode.Hello;
import java.util.Optional;

/**
 * The coordinator behind a {@link WireServer}. Calls for one connection come one after another on
 * one thread, which they may block; calls for several come at once. A call that throws ends its own
 * connection only.
 */
public interface ServerHandler {
  /**
   * A node asks to be enrolled. Returns once the decision is durable.
   *
   * @return empty if the node is enrolled, also if it was already; else why not
   */
  Optional<Fault> enrol(PublicKey node, Secret secret);

  /** A node that holds this key asks for a session. */
  Admission admit(PublicKey node, Hello hello);

  /** The session stands, and an older one of the same key has been told to end. */
  void onSession(NodeSession session);

  /** A message other than those that the session itself takes: enrol, hello and heartbeat. */
  void onMessage(NodeSession session, FromNode message);

  /** The session has ended; nothing follows for it. */
  void onClosed(NodeSession session, SessionEnd end);
}
