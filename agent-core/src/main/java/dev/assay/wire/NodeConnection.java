package dev.assay.wire;

import dev.assay.crypto.PublicKey;
import dev.assay.wire.FromNode.Enrol;
import dev.assay.wire.FromNode.Hello;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A connection that a node made: at first it may only enrol or say hello, then it is a session. */
final class NodeConnection implements LinkListener<FromNode>, NodeSession {
  private final String id;
  private final ServerConfig config;
  private final ServerHandler handler;
  private final SessionTable table;
  private final Link<FromNode, FromCoordinator> link;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile PublicKey node;
  private volatile Hello hello;
  private volatile boolean standing;

  NodeConnection(String id, ServerConfig config, ServerHandler handler, SessionTable table) {
    this.id = id;
    this.config = config;
    this.handler = handler;
    this.table = table;
    this.link = new Link<>(Side.COORDINATOR, config.lease(), this);
  }

  Link<FromNode, FromCoordinator> link() {
    return link;
  }

  boolean isAlive() {
    return link.isAlive();
  }

  /** Whether the node has been welcomed. */
  boolean isStanding() {
    return standing;
  }

  /** Completes when the handler has been told the end. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public PublicKey node() {
    return node;
  }

  @Override
  public Hello hello() {
    return hello;
  }

  @Override
  public CompletableFuture<Void> send(FromCoordinator message) {
    return link.send(message);
  }

  @Override
  public void close(CloseCode code, String reason) {
    link.close(code, reason);
  }

  @Override
  public void onOpen() {
    node = link.peer();
  }

  @Override
  public void onMessage(FromNode message) {
    if (standing) {
      switch (message) {
        case Hello again -> link.rejectOutOfOrder(again, "this session stands already");
        case Enrol late -> link.rejectOutOfOrder(late, "enrolling comes before the hello");
        default -> handler.onMessage(this, message);
      }
    } else {
      switch (message) {
        case Hello first -> open(first);
        case Enrol enrol -> enrol(enrol);
        default -> link.rejectOutOfOrder(message, "say hello first");
      }
    }
  }

  @Override
  public void onEnd(SessionEnd end) {
    try {
      if (standing) {
        table.release(node.id(), this);
        handler.onClosed(this, end);
      }
    } finally {
      ended.complete(null);
    }
  }

  private void enrol(Enrol enrol) {
    Optional<Fault> refusal = handler.enrol(node, enrol.secret());
    if (refusal.isPresent()) {
      refuse(refusal.get());
    } else {
      link.send(new FromCoordinator.Enrolled(config.name()));
    }
  }

  private void open(Hello first) {
    if (!first.node().equals(node.id())) {
      refuse(
          new Fault(
              Fault.REFUSED,
              "the hello is of node " + first.node() + ", but the certificate's key is " + node));
      return;
    }
    switch (handler.admit(node, first)) {
      case Admission.Refused refused -> refuse(refused.fault());
      case Admission.Admitted admitted -> admit(first, admitted);
    }
  }

  private void admit(Hello first, Admission.Admitted admitted) {
    hello = first;
    SessionTable.Claim claim = table.claim(node.id(), this);
    if (!claim.granted()) {
      link.close(
          CloseCode.SESSION_EXISTS, "this node has a session of the same or a higher boot epoch");
      return;
    }
    claim
        .displaced()
        .ifPresent(
            older -> older.close(CloseCode.REPLACED, "a session of a higher boot epoch took over"));
    standing = true;
    link.send(config.welcome(id, admitted.checkpointSize()));
    link.beginLease(config.heartbeat(), config.lease());
    handler.onSession(this);
  }

  private void refuse(Fault fault) {
    link.send(fault);
    link.close(CloseCode.REFUSED, fault.message());
  }
}
