package dev.assay.coordinator;

import dev.assay.wire.FromCoordinator;
import dev.assay.wire.NodeSession;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The sessions that stand now, one a node. */
final class Sessions {
  private final Map<String, NodeSession> byNode = new ConcurrentHashMap<>();

  void opened(NodeSession session) {
    byNode.put(session.node().id().value(), session);
  }

  /** Forgets a session, unless a newer one has taken its place. */
  void closed(NodeSession session) {
    byNode.remove(session.node().id().value(), session);
  }

  Optional<NodeSession> of(String node) {
    return Optional.ofNullable(byNode.get(node));
  }

  /** Sends to a node that is here; what one that is away missed, its next session makes good. */
  void send(String node, FromCoordinator message) {
    of(node).ifPresent(session -> session.send(message));
  }

  List<NodeSession> all() {
    return List.copyOf(byNode.values());
  }
}
