package dev.assay.wire;

import dev.assay.wire.FromCoordinator.Welcome;
import dev.assay.wire.FromNode.Hello;
import java.time.Duration;
import java.util.function.BiConsumer;

/** A node that remembers what it is told. */
final class RecordingClient implements ClientHandler {
  /** What the node of a test was told. */
  sealed interface Event {
    record Welcomed(Session<FromNode> session, Welcome welcome) implements Event {}

    record Got(FromCoordinator message) implements Event {}

    record Closed(SessionEnd end, Duration retryIn) implements Event {}
  }

  final Events events = new Events();
  volatile BiConsumer<Session<FromNode>, FromCoordinator> reaction = (session, message) -> {};
  private final Hello hello;

  RecordingClient(Hello hello) {
    this.hello = hello;
  }

  @Override
  public Hello hello() {
    return hello;
  }

  @Override
  public void onWelcome(Session<FromNode> session, Welcome welcome) {
    events.add(new Event.Welcomed(session, welcome));
  }

  @Override
  public void onMessage(Session<FromNode> session, FromCoordinator message) {
    events.add(new Event.Got(message));
    reaction.accept(session, message);
  }

  @Override
  public void onClosed(SessionEnd end, Duration retryIn) {
    events.add(new Event.Closed(end, retryIn));
  }
}
