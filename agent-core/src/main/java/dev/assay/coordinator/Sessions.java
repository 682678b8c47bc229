package dev.assay.coordinator;

import dev.assay.wire.Availability;
import dev.assay.wire.FromCoordinator;
import dev.assay.wire.NodeSession;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The sessions that stand now, one a node. */
final class Sessions {
  private final Map<String, NodeSession> byNode = new ConcurrentHashMap<>();
  private final Map<NodeSession, Availability> availability = new ConcurrentHashMap<>();

  void opened(NodeSession session) {
    available(session, session.hello().availability());
    byNode.put(session.node().id().value(), session);
  }

  /** Forgets a session, unless a newer one has taken its place. */
  void closed(NodeSession session) {
    byNode.remove(session.node().id().value(), session);
    availability.remove(session);
  }

  /** Notes whether the node of a session takes on new work. */
  void available(NodeSession session, Availability now) {
    availability.put(session, now);
  }

  /** Whether a node that is here takes on new work; empty if it is away. */
  Optional<Availability> availability(String node) {
    return of(node).map(session -> availability.getOrDefault(session, Availability.OPEN));
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
