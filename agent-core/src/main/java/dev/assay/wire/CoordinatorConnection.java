package dev.assay.wire;

import dev.assay.wire.FromCoordinator.Enrolled;
import dev.assay.wire.FromCoordinator.Goodbye;
import dev.assay.wire.FromCoordinator.Welcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A connection to the coordinator: hello, welcome, then a session until it ends. */
final class CoordinatorConnection implements LinkListener<FromCoordinator>, Session<FromNode> {
  private final ClientHandler handler;
  private final Link<FromCoordinator, FromNode> link;
  private final CompletableFuture<SessionEnd> ended = new CompletableFuture<>();
  private volatile String id = "";
  private volatile Duration retryAfter = Duration.ZERO;
  private volatile boolean standing;
  private Optional<Fault> fault = Optional.empty();

  CoordinatorConnection(ClientConfig config, ClientHandler handler) {
    this.handler = handler;
    this.link = new Link<>(Side.NODE, config.patience(), this);
  }

  Link<FromCoordinator, FromNode> link() {
    return link;
  }

  /** Completes when nothing more is said to the handler about this connection. */
  CompletableFuture<SessionEnd> ended() {
    return ended;
  }

  /** Whether the coordinator welcomed this node. */
  boolean wasWelcome() {
    return standing;
  }

  /** How long the coordinator asked to be left alone. */
  Duration retryAfter() {
    return retryAfter;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public CompletableFuture<Void> send(FromNode message) {
    return link.send(message);
  }

  @Override
  public void close(CloseCode code, String reason) {
    link.close(code, reason);
  }

  @Override
  public void onOpen() {
    link.send(handler.hello());
  }

  @Override
  public void onMessage(FromCoordinator message) {
    switch (message) {
      case Goodbye goodbye -> retryAfter = Duration.ofSeconds(goodbye.retrySeconds());
      case Enrolled enrolled -> link.rejectOutOfOrder(enrolled, "this node did not ask to enrol");
      case Welcome welcome when standing ->
          link.rejectOutOfOrder(welcome, "this session stands already");
      case Welcome welcome -> open(welcome);
      case Fault refusal when !standing -> fault = Optional.of(refusal);
      default -> {
        if (standing) {
          handler.onMessage(this, message);
        } else {
          link.rejectOutOfOrder(message, "welcome this node first");
        }
      }
    }
  }

  @Override
  public void onEnd(SessionEnd end) {
    ended.complete(new SessionEnd(end.code(), end.reason(), fault));
  }

  private void open(Welcome welcome) {
    if (welcome.version() != Limits.PROTOCOL_VERSION) {
      link.close(
          CloseCode.REFUSED,
          "version " + welcome.version() + " of the protocol is not spoken here");
      return;
    }
    standing = true;
    id = welcome.session();
    link.beginLease(
        Duration.ofSeconds(welcome.heartbeatSeconds()), Duration.ofSeconds(welcome.leaseSeconds()));
    handler.onWelcome(this, welcome);
  }
}
