package dev.assay.coordinator;

import dev.assay.crypto.Certificates;
import dev.assay.crypto.SigningKey;
import dev.assay.hardware.Datasheets;
import dev.assay.log.store.DiskLog;
import dev.assay.token.ParsedToken;
import dev.assay.token.SignedToken;
import dev.assay.token.Token;
import dev.assay.token.Tokens;
import dev.assay.wire.JoinToken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** A coordinator with real sockets, TLS, database and log, and the nodes that dial it. */
final class Bench implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  final SigningKey key = key(1);
  final ManualTime time = new ManualTime();
  private final Path home;
  private final List<ScriptedNode> nodes = new ArrayList<>();
  private int port;
  FlakyLog log;
  Coordinator coordinator;

  Bench(Path home) throws IOException {
    this.home = home;
    start();
  }

  static SigningKey key(int number) {
    byte[] seed = new byte[SigningKey.SEED_LENGTH];
    Arrays.fill(seed, (byte) number);
    return SigningKey.fromSeed(seed);
  }

  void start() throws IOException {
    log = new FlakyLog(DiskLog.open(home.resolve("log"), origin(), key));
    coordinator =
        Coordinator.start(
            new CoordinatorSettings(
                home,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                Optional.empty(),
                "test coordinator",
                "assay test",
                Duration.ofSeconds(5),
                Duration.ofSeconds(15),
                Optional.empty(),
                1,
                Datasheets.NONE),
            key,
            Certificates.selfSigned(key, time.instant()),
            log,
            new Surroundings(time, time, new SecureRandom(), time));
    port = coordinator.port();
  }

  /** Ends the coordinator; nodes dial the next one on the same port. */
  void stop() throws IOException {
    coordinator.close();
    log.close();
  }

  String origin() {
    return "assay.dev/challenger/" + key.id();
  }

  /** A new node, enrolled and in session. */
  ScriptedNode node(int number) throws Exception {
    ScriptedNode node = new ScriptedNode(key(number));
    node.join(coordinator.invite(Duration.ofHours(1)));
    connect(node);
    return node;
  }

  /** Dials, and waits until the coordinator counts the session. */
  void connect(ScriptedNode node) throws Exception {
    JoinToken reach = coordinator.invite(Duration.ofHours(1));
    nodes.add(node);
    node.dial(reach);
    node.nextWelcome();
    await(() -> coordinator.sessions().of(node.id()).isPresent());
  }

  /** Ends a node's session and waits until the coordinator has noticed. */
  void disconnect(ScriptedNode node) throws Exception {
    node.close();
    nodes.remove(node);
    await(() -> coordinator.sessions().of(node.id()).isEmpty());
  }

  /** Everything in the coordinator's log, in order. */
  List<Token> logged() throws IOException {
    List<Token> tokens = new ArrayList<>();
    for (long i = 0; i < log.size(); i++) {
      ParsedToken parsed = Tokens.parse(log.entry(i));
      tokens.add(((SignedToken<?>) parsed).token());
    }
    return tokens;
  }

  ProofRecord ended(String proof) throws Exception {
    await(() -> coordinator.proof(proof).state().isFinal());
    return coordinator.proof(proof);
  }

  JobOrder done(String job) throws Exception {
    await(() -> coordinator.job(job).done());
    return coordinator.job(job);
  }

  static void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not come about");
      }
      Thread.sleep(2);
    }
  }

  @Override
  public void close() throws Exception {
    for (ScriptedNode node : List.copyOf(nodes)) {
      node.close();
    }
    stop();
  }
}
