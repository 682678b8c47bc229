package dev.assay.daemon;

import dev.assay.crypto.Certificates;
import dev.assay.crypto.Digest;
import dev.assay.crypto.KeyId;
import dev.assay.crypto.PublicKey;
import dev.assay.crypto.SigningKey;
import dev.assay.proof.Hash32;
import dev.assay.proof.Proof;
import dev.assay.token.ChallengeToken;
import dev.assay.token.JobToken;
import dev.assay.token.ProvenFigures;
import dev.assay.token.ReceiptToken;
import dev.assay.token.ResultToken;
import dev.assay.token.SignedToken;
import dev.assay.token.Token;
import dev.assay.token.Tokens;
import dev.assay.wire.Address;
import dev.assay.wire.Admission;
import dev.assay.wire.Fault;
import dev.assay.wire.FromCoordinator;
import dev.assay.wire.FromNode;
import dev.assay.wire.NodeSession;
import dev.assay.wire.Secret;
import dev.assay.wire.ServerConfig;
import dev.assay.wire.ServerHandler;
import dev.assay.wire.SessionEnd;
import dev.assay.wire.WireServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** A coordinator on a real socket that says only what a test tells it to. */
final class FakeCoordinator implements ServerHandler, AutoCloseable {
  static final SigningKey KEY = key(7);
  private static final long PATIENCE_SECONDS = 20;

  private final InstantSource clock;
  private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
  private final BlockingQueue<NodeSession> sessions = new LinkedBlockingQueue<>();
  private final WireServer server;
  private NodeSession session;
  private int nonces;

  FakeCoordinator(InstantSource clock) throws IOException {
    this.clock = clock;
    this.server =
        WireServer.start(
            new ServerConfig(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Certificates.selfSigned(KEY, Instant.parse("2026-11-22T00:00:00Z")),
                "the fake coordinator",
                "test",
                Duration.ofSeconds(5),
                Duration.ofSeconds(15)),
            RandomGenerator.getDefault(),
            this);
  }

  static SigningKey key(int number) {
    byte[] seed = new byte[SigningKey.SEED_LENGTH];
    Arrays.fill(seed, (byte) number);
    return SigningKey.fromSeed(seed);
  }

  PinnedCoordinator pinned() {
    return new PinnedCoordinator(
        new Address("127.0.0.1", server.port()), KEY.publicKey(), "the fake coordinator");
  }

  /** Waits for the next session, in which it then speaks. */
  NodeSession awaitSession() throws InterruptedException {
    session = sessions.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (session == null) {
      throw new AssertionError("no session came");
    }
    return session;
  }

  /** Cuts the connection. */
  void disconnect() {
    session.close(dev.assay.wire.CloseCode.GOING_AWAY, "the test says so");
  }

  void say(FromCoordinator message) {
    var unused = session.send(message);
  }

  /** The next message of this kind; checkpoints to cosign are not answered, and passed over. */
  <T> T hear(Class<T> kind) throws InterruptedException {
    Object message = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    while (message instanceof FromNode.AddCheckpoint && kind != FromNode.AddCheckpoint.class) {
      message = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    if (!kind.isInstance(message)) {
      throw new AssertionError("expected " + kind.getSimpleName() + ", heard " + message);
    }
    return kind.cast(message);
  }

  /** The next message of this kind; others are passed over. */
  <T> T hearLater(Class<T> kind) throws InterruptedException {
    while (true) {
      Object message = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("expected " + kind.getSimpleName() + ", heard nothing more");
      }
      if (kind.isInstance(message)) {
        return kind.cast(message);
      }
    }
  }

  /** Everything that was heard and not asked for yet, but for checkpoints. */
  java.util.List<Object> heardSoFar() {
    java.util.List<Object> messages = new java.util.ArrayList<>();
    heard.drainTo(messages);
    messages.removeIf(FromNode.AddCheckpoint.class::isInstance);
    return messages;
  }

  /** A message of the node's in which it objects to something. */
  String hearFault() throws InterruptedException {
    return hear(Fault.class).message();
  }

  <T extends Token> SignedToken<T> sign(T token) {
    return Tokens.sign(token, KEY);
  }

  /** A challenge that nobody has seen. */
  ChallengeToken challenge(Proof proof) {
    byte[] nonce = new byte[Hash32.BYTES];
    nonce[0] = (byte) ++nonces;
    nonce[1] = (byte) (nonces >> 8);
    long now = clock.instant().getEpochSecond();
    return new ChallengeToken(
        KEY.id(),
        TestHost.KEY.id(),
        "proof-" + nonces,
        now,
        now + 60,
        Hash32.of(nonce),
        "cpu:0",
        proof,
        30_000);
  }

  /** Sends a challenge and returns it. */
  SignedToken<ChallengeToken> challengeNode(Proof proof) {
    SignedToken<ChallengeToken> challenge = sign(challenge(proof));
    say(new FromCoordinator.Challenge(challenge.compact()));
    return challenge;
  }

  SignedToken<ReceiptToken> receipt(FromNode.Commitment commitment, int seed) {
    long now = clock.instant().getEpochSecond();
    byte[] opening = new byte[Hash32.BYTES];
    opening[0] = (byte) seed;
    return sign(
        new ReceiptToken(
            KEY.id(),
            TestHost.KEY.id(),
            now,
            now + 120,
            Digest.of(commitment.token().getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
            100,
            Hash32.of(opening)));
  }

  SignedToken<ResultToken> result(Digest about, ResultToken.Status status) {
    return sign(
        new ResultToken(
            KEY.id(),
            TestHost.KEY.id(),
            clock.instant().getEpochSecond(),
            about,
            status,
            status == ResultToken.Status.PASS ? "" : "the test says so",
            status == ResultToken.Status.PASS
                ? Optional.of(ProvenFigures.NONE)
                : Optional.empty()));
  }

  SignedToken<JobToken> job(String id, String spec) {
    long now = clock.instant().getEpochSecond();
    return sign(new JobToken(KEY.id(), TestHost.KEY.id(), id, now, now + 3600, spec));
  }

  @Override
  public Optional<Fault> enrol(PublicKey node, Secret secret) {
    return Optional.empty();
  }

  @Override
  public Admission admit(PublicKey node, FromNode.Hello hello) {
    return new Admission.Admitted(0);
  }

  @Override
  public void onSession(NodeSession opened) {
    sessions.add(opened);
  }

  @Override
  public void onMessage(NodeSession from, FromNode message) {
    heard.add(message);
  }

  @Override
  public void onClosed(NodeSession closed, SessionEnd end) {}

  @Override
  public void close() throws Exception {
    server.close();
  }

  static KeyId nodeId() {
    return TestHost.KEY.id();
  }
}
