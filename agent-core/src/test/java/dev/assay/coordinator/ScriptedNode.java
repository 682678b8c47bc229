package dev.assay.coordinator;

import dev.assay.crypto.Certificates;
import dev.assay.crypto.Digest;
import dev.assay.crypto.SigningKey;
import dev.assay.hardware.Component;
import dev.assay.hardware.PlatformFacts;
import dev.assay.hardware.Reading;
import dev.assay.hardware.Source;
import dev.assay.log.Checkpoint;
import dev.assay.log.TreeHead;
import dev.assay.proof.Commitment;
import dev.assay.proof.DeviceSeed;
import dev.assay.proof.OpeningBlob;
import dev.assay.proof.Progress;
import dev.assay.proof.cpu.CpuProver;
import dev.assay.token.ChallengeToken;
import dev.assay.token.CommitmentToken;
import dev.assay.token.OpeningToken;
import dev.assay.token.PlatformToken;
import dev.assay.token.ReceiptToken;
import dev.assay.token.ResultToken;
import dev.assay.token.SignedToken;
import dev.assay.token.Token;
import dev.assay.token.Tokens;
import dev.assay.wire.Availability;
import dev.assay.wire.Bytes;
import dev.assay.wire.ClientConfig;
import dev.assay.wire.ClientHandler;
import dev.assay.wire.Fault;
import dev.assay.wire.FromCoordinator;
import dev.assay.wire.FromNode;
import dev.assay.wire.FromNode.Hello;
import dev.assay.wire.JoinToken;
import dev.assay.wire.RunningJob;
import dev.assay.wire.Session;
import dev.assay.wire.SessionEnd;
import dev.assay.wire.WireClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** A node that does and says what a test tells it to, right or wrong. */
final class ScriptedNode implements ClientHandler, AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;
  private static final Instant MADE = Instant.parse("2026-11-22T00:00:00Z");

  final SigningKey key;
  private Object lastJob;
  final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
  long bootEpoch = 1;
  List<RunningJob> jobs = List.of();
  TreeHead head = TreeHead.EMPTY;
  Availability availability = Availability.OPEN;
  private volatile Session<FromNode> session;
  private WireClient client;

  /** The answer to a hello. */
  record Welcomed(long checkpointSize) {}

  /** A session, or an attempt at one, ended. */
  record Ended(SessionEnd end) {}

  ScriptedNode(SigningKey key) {
    this.key = key;
  }

  String id() {
    return key.id().value();
  }

  void join(JoinToken token) throws Exception {
    WireClient.enrol(config(token), token.secret());
  }

  void dial(JoinToken reach) {
    client = WireClient.start(config(reach), RandomGenerator.getDefault(), this);
  }

  private ClientConfig config(JoinToken reach) {
    return new ClientConfig(
        reach.address(),
        reach.coordinator(),
        Certificates.selfSigned(key, MADE),
        Duration.ofSeconds(10),
        Duration.ofMillis(10),
        Duration.ofMillis(50));
  }

  Checkpoint checkpoint(TreeHead of) {
    return new Checkpoint("assay.dev/node/" + id(), of);
  }

  @Override
  public Hello hello() {
    return new Hello(
        1,
        key.id(),
        bootEpoch,
        "assay test",
        Tokens.sign(new PlatformToken(key.id(), MADE.getEpochSecond(), facts()), key).compact(),
        List.of("cpu:0", "cpu:1"),
        jobs,
        new String(checkpoint(head).sign(key).bytes(), StandardCharsets.UTF_8),
        availability);
  }

  private static PlatformFacts facts() {
    return new PlatformFacts(
        List.of(cpu("cpu:0"), cpu("cpu:1")),
        List.of(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Component cpu(String id) {
    return new Component(
        id,
        Component.Kind.CPU,
        Map.of(
            "model", new Reading.Text("Test CPU", Source.PROCFS),
            "threads", new Reading.Amount(2, Source.PROCFS),
            "freeMemoryBytes", new Reading.Amount(1L << 30, Source.PROCFS)));
  }

  @Override
  public void onWelcome(Session<FromNode> opened, FromCoordinator.Welcome welcome) {
    session = opened;
    events.add(new Welcomed(welcome.checkpointSize()));
  }

  @Override
  public void onMessage(Session<FromNode> from, FromCoordinator message) {
    events.add(message);
  }

  @Override
  public void onClosed(SessionEnd end, Duration retryIn) {
    events.add(new Ended(end));
  }

  void send(FromNode message) {
    session.send(message);
  }

  /** The next event, which must be of this kind. */
  <T> T next(Class<T> kind) throws InterruptedException {
    Object event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    // What was ordered while the session began is sent again when it has begun.
    while (event != null && event.equals(lastJob)) {
      event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    if (event instanceof FromCoordinator.Job) {
      lastJob = event;
    }
    if (!kind.isInstance(event)) {
      throw new AssertionError("expected a " + kind.getSimpleName() + ", but got " + event);
    }
    return kind.cast(event);
  }

  /** The welcome; attempts before it that failed do not matter. */
  long nextWelcome() throws InterruptedException {
    while (true) {
      Object event = next(Object.class);
      if (event instanceof Welcomed welcomed) {
        return welcomed.checkpointSize();
      }
    }
  }

  Fault nextFault() throws InterruptedException {
    return next(Fault.class);
  }

  SignedToken<ChallengeToken> nextChallenge() throws InterruptedException {
    return Tokens.parse(next(FromCoordinator.Challenge.class).token(), ChallengeToken.class);
  }

  SignedToken<ReceiptToken> nextReceipt() throws InterruptedException {
    return Tokens.parse(next(FromCoordinator.Receipt.class).token(), ReceiptToken.class);
  }

  SignedToken<ResultToken> nextResult() throws InterruptedException {
    return Tokens.parse(next(FromCoordinator.Result.class).token(), ResultToken.class);
  }

  <T extends Token> SignedToken<T> sign(T token) {
    return Tokens.sign(token, key);
  }

  /** Does the work that a challenge asks for. */
  SignedToken<CommitmentToken> commit(SignedToken<ChallengeToken> challenge) throws Exception {
    Commitment commitment =
        new CpuProver(1).commit(challenge.token().proof(), seed(challenge), Progress.NONE);
    return commitment(challenge, commitment, 5);
  }

  SignedToken<CommitmentToken> commitment(
      SignedToken<ChallengeToken> challenge, Commitment commitment, long elapsedMs) {
    ChallengeToken asked = challenge.token();
    return sign(
        new CommitmentToken(
            key.id(),
            asked.issuedAt(),
            asked.nonce(),
            Optional.empty(),
            challenge.digest(),
            asked.device(),
            asked.proof(),
            commitment.roots(),
            elapsedMs));
  }

  /** Shows what a receipt asks for. */
  byte[] open(
      SignedToken<ChallengeToken> challenge,
      SignedToken<CommitmentToken> commitment,
      SignedToken<ReceiptToken> receipt)
      throws Exception {
    return OpeningBlob.encode(
        new CpuProver(1)
            .open(
                challenge.token().proof(),
                seed(challenge),
                commitment.token().roots(),
                receipt.token().openingSeed(),
                Progress.NONE));
  }

  SignedToken<OpeningToken> opening(SignedToken<ReceiptToken> receipt, byte[] blob) {
    return sign(
        new OpeningToken(
            key.id(), receipt.token().issuedAt(), receipt.digest(), Digest.of(blob), blob.length));
  }

  /** Gives the blob away, piece by piece as it is asked for. */
  void serve(byte[] blob) throws InterruptedException {
    int given = 0;
    while (given < blob.length) {
      FromCoordinator.BlobGet get = next(FromCoordinator.BlobGet.class);
      byte[] piece =
          Arrays.copyOfRange(blob, (int) get.offset(), (int) get.offset() + get.length());
      send(new FromNode.BlobData(get.sha256(), get.offset(), blob.length, Bytes.of(piece)));
      given += piece.length;
    }
  }

  private DeviceSeed seed(SignedToken<ChallengeToken> challenge) {
    ChallengeToken asked = challenge.token();
    return DeviceSeed.of(asked.nonce(), id(), asked.device(), asked.proof());
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
    }
  }
}
