package dev.assay.wire;

import dev.assay.wire.FromCoordinator.Enrolled;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A connection that only enrols. */
final class EnrolConnection implements LinkListener<FromCoordinator> {
  private final Secret secret;
  private final Link<FromCoordinator, FromNode> link;
  private final CompletableFuture<Enrolment> enrolment = new CompletableFuture<>();
  private Optional<Enrolment> stored = Optional.empty();
  private Optional<Fault> fault = Optional.empty();

  EnrolConnection(ClientConfig config, Secret secret) {
    this.secret = secret;
    this.link = new Link<>(Side.NODE, config.patience(), this);
  }

  Link<FromCoordinator, FromNode> link() {
    return link;
  }

  /** Completes at the connection's end: who the coordinator is, if it stored the node's key. */
  CompletableFuture<Enrolment> enrolment() {
    return enrolment;
  }

  @Override
  public void onOpen() {
    link.send(new FromNode.Enrol(secret));
  }

  @Override
  public void onMessage(FromCoordinator message) {
    switch (message) {
      case Enrolled enrolled -> {
        stored = Optional.of(new Enrolment(enrolled.coordinator(), link.peer()));
        link.close(CloseCode.NORMAL, "enrolled");
      }
      case Fault refusal -> fault = Optional.of(refusal);
      default -> link.rejectOutOfOrder(message, "this node waits to be enrolled");
    }
  }

  @Override
  public void onEnd(SessionEnd end) {
    if (stored.isPresent()) {
      enrolment.complete(stored.get());
    } else {
      enrolment.completeExceptionally(
          fault.isPresent()
              ? new EnrolmentRefusedException(fault.get().message())
              : new IOException(end.reason()));
    }
  }
}
