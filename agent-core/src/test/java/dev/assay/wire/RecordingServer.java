package dev.assay.wire;

import dev.assay.crypto.Digest;
import dev.assay.crypto.PublicKey;
import dev.assay.wire.FromNode.Hello;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A coordinator that admits everyone but the refused, and remembers what it is told. */
final class RecordingServer implements ServerHandler {
  /** What the coordinator of a test was told. */
  sealed interface Event {
    NodeSession session();

    record Opened(NodeSession session) implements Event {}

    record Got(NodeSession session, FromNode message) implements Event {}

    record Closed(NodeSession session, SessionEnd end) implements Event {}
  }

  final Events events = new Events();
  volatile Optional<Digest> secret = Optional.empty();
  volatile Optional<Fault> refusal = Optional.empty();
  volatile BiConsumer<NodeSession, FromNode> reaction = (session, message) -> {};

  @Override
  public Optional<Fault> enrol(PublicKey node, Secret shown) {
    if (secret.isPresent() && secret.get().equals(shown.digest())) {
      secret = Optional.empty();
      return Optional.empty();
    }
    return Optional.of(
        new Fault(
            Fault.ENROLMENT_REFUSED,
            "this join token is unknown here, or used: ask for a new one"));
  }

  @Override
  public Admission admit(PublicKey node, Hello hello) {
    return refusal.isPresent() ? new Admission.Refused(refusal.get()) : new Admission.Admitted(7);
  }

  @Override
  public void onSession(NodeSession session) {
    events.add(new Event.Opened(session));
  }

  @Override
  public void onMessage(NodeSession session, FromNode message) {
    events.add(new Event.Got(session, message));
    reaction.accept(session, message);
  }

  @Override
  public void onClosed(NodeSession session, SessionEnd end) {
    events.add(new Event.Closed(session, end));
  }
}
