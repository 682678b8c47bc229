package dev.assay.daemon;

import dev.assay.crypto.Digest;
import dev.assay.daemon.AgentEvent.Complaint;
import dev.assay.daemon.AgentEvent.Connected;
import dev.assay.daemon.AgentEvent.Disconnected;
import dev.assay.daemon.AgentEvent.Rejected;
import dev.assay.daemon.AgentEvent.Trouble;
import dev.assay.wire.Availability;
import dev.assay.wire.ClientHandler;
import dev.assay.wire.CloseCode;
import dev.assay.wire.Fault;
import dev.assay.wire.FromCoordinator;
import dev.assay.wire.FromNode;
import dev.assay.wire.FromNode.Hello;
import dev.assay.wire.Heartbeat;
import dev.assay.wire.Session;
import dev.assay.wire.SessionEnd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The agent's side of sessions: who it is, and which part of it each message is for. A message that
 * cannot be acted on is answered with an error; the session goes on.
 */
final class AgentSession implements ClientHandler {
  private final Greeting greeting;
  private final Link link;
  private final ProofPipeline proofs;
  private final JobPipeline jobs;
  private final JobOutputs outputs;
  private final Checkpoints checkpoints;
  private final BlobPieces blobs;
  private final OwnerCommands owner;
  private final CompletableFuture<Void> failure;
  private final Consumer<AgentEvent> events;

  private volatile Availability said = Availability.OPEN;

  AgentSession(
      AgentBase base,
      Greeting greeting,
      ProofPipeline proofs,
      JobPipeline jobs,
      JobOutputs outputs,
      BlobPieces blobs,
      OwnerCommands owner) {
    this.greeting = greeting;
    this.link = base.link();
    this.proofs = proofs;
    this.jobs = jobs;
    this.outputs = outputs;
    this.checkpoints = base.checkpoints();
    this.blobs = blobs;
    this.owner = owner;
    this.failure = base.failure();
    this.events = base.events();
  }

  @Override
  public Hello hello() {
    Hello hello = greeting.hello();
    said = hello.availability();
    return hello;
  }

  @Override
  public void onWelcome(Session<FromNode> session, FromCoordinator.Welcome welcome) {
    link.open(session);
    owner.onSession(said);
    events.accept(new Connected(welcome.coordinator()));
    checkpoints.onSession(welcome.checkpointSize());
    proofs.proceed();
    try {
      jobs.onSession();
    } catch (IOException e) {
      events.accept(new Trouble("jobs cannot be reported: " + e.getMessage()));
    }
  }

  @Override
  public void onMessage(Session<FromNode> session, FromCoordinator message) {
    try {
      dispatch(message);
    } catch (RejectedException e) {
      events.accept(new Rejected(e.getMessage()));
      link.send(e.fault(about(message)));
    } catch (IOException e) {
      String sentence = "machine fault: " + e.getMessage();
      events.accept(new Trouble(sentence));
      link.send(Faults.of(Fault.INTERNAL, sentence, about(message)));
    }
  }

  @Override
  public void onClosed(SessionEnd end, Duration retryIn) {
    link.lost();
    outputs.stop();
    jobs.onDisconnect();
    String reason = end.fault().map(Fault::message).orElse(end.reason());
    if (end.is(CloseCode.REPLACED)) {
      failure.completeExceptionally(
          new IOException("another agent with this node's key has taken over: " + reason));
    }
    events.accept(new Disconnected(reason, retryIn));
  }

  private void dispatch(FromCoordinator message) throws RejectedException, IOException {
    switch (message) {
      case FromCoordinator.Challenge challenge -> proofs.onChallenge(challenge.token());
      case FromCoordinator.Receipt receipt -> proofs.onReceipt(receipt.token());
      case FromCoordinator.Result result -> proofs.onResult(result.token());
      case FromCoordinator.BlobGet get -> link.send(blobs.piece(get));
      case FromCoordinator.Cosigned cosigned -> checkpoints.onCosigned(cosigned);
      case FromCoordinator.CosignRefused refused -> checkpoints.onRefused(refused);
      case FromCoordinator.Job job -> jobs.onJob(job.token());
      case FromCoordinator.JobCancel cancel -> jobs.onCancel(cancel);
      case FromCoordinator.JobAck ack -> jobs.onAck(ack);
      case FromCoordinator.JobOutputGet get -> outputs.onGet(get);
      case FromCoordinator.JobOutputAck ack -> outputs.onAck(ack);
      case Fault fault -> events.accept(new Complaint(fault.message()));
      case FromCoordinator.Enrolled enrolled -> throw sessionsOwn();
      case FromCoordinator.Welcome welcome -> throw sessionsOwn();
      case FromCoordinator.Goodbye goodbye -> throw sessionsOwn();
      case Heartbeat heartbeat -> throw sessionsOwn();
    }
  }

  private static IllegalArgumentException sessionsOwn() {
    return new IllegalArgumentException("the session itself takes this message");
  }

  /** What an answer to the message says that it concerns. */
  private static String about(FromCoordinator message) {
    return switch (message) {
      case FromCoordinator.Challenge challenge -> digest(challenge.token());
      case FromCoordinator.Receipt receipt -> digest(receipt.token());
      case FromCoordinator.Result result -> digest(result.token());
      case FromCoordinator.Job job -> digest(job.token());
      case FromCoordinator.BlobGet get -> get.sha256().base64Url();
      case FromCoordinator.JobCancel cancel -> cancel.id();
      case FromCoordinator.JobAck ack -> ack.id();
      case FromCoordinator.JobOutputGet get -> get.id();
      case FromCoordinator.JobOutputAck ack -> ack.id();
      case FromCoordinator.Cosigned cosigned -> "cosigned";
      case FromCoordinator.CosignRefused refused -> "cosign-refused";
      case Fault fault -> "error";
      case FromCoordinator.Enrolled enrolled -> "enrolled";
      case FromCoordinator.Welcome welcome -> "welcome";
      case FromCoordinator.Goodbye goodbye -> "goodbye";
      case Heartbeat heartbeat -> "heartbeat";
    };
  }

  private static String digest(String token) {
    return Digest.of(token.getBytes(StandardCharsets.US_ASCII)).base64Url();
  }
}
