package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.crypto.Certificates;
import dev.assay.crypto.PublicKey;
import dev.assay.crypto.SigningKey;
import dev.assay.daemon.HomeLock;
import dev.assay.daemon.PinnedCoordinator;
import dev.assay.wire.Address;
import dev.assay.wire.Admission;
import dev.assay.wire.Fault;
import dev.assay.wire.FromNode;
import dev.assay.wire.JoinToken;
import dev.assay.wire.NodeSession;
import dev.assay.wire.Secret;
import dev.assay.wire.ServerConfig;
import dev.assay.wire.ServerHandler;
import dev.assay.wire.SessionEnd;
import dev.assay.wire.WireServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an owner meets around the agent: joining, running twice, asking when nothing runs. */
class AgentCommandsTest {
  private static final SigningKey COORDINATOR = SigningKey.fromSeed(new byte[32]);
  private static final Secret SECRET = Secret.random(new SecureRandom());

  @TempDir Path home;

  /** Enrols whoever shows the secret first. */
  private static final class Enroller implements ServerHandler {
    private final AtomicReference<Secret> left = new AtomicReference<>(SECRET);

    @Override
    public Optional<Fault> enrol(PublicKey node, Secret secret) {
      return secret.equals(left.getAndSet(null))
          ? Optional.empty()
          : Optional.of(new Fault(Fault.ENROLMENT_REFUSED, "this token was used before"));
    }

    @Override
    public Admission admit(PublicKey node, FromNode.Hello hello) {
      return new Admission.Admitted(0);
    }

    @Override
    public void onSession(NodeSession session) {}

    @Override
    public void onMessage(NodeSession session, FromNode message) {}

    @Override
    public void onClosed(NodeSession session, SessionEnd end) {}
  }

  private static WireServer server() throws Exception {
    return WireServer.start(
        new ServerConfig(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Certificates.selfSigned(COORDINATOR, Instant.now()),
            "a coordinator",
            "test",
            Duration.ofSeconds(5),
            Duration.ofSeconds(15)),
        RandomGenerator.getDefault(),
        new Enroller());
  }

  private static String token(int port, Instant expiry) {
    return new JoinToken(new Address("127.0.0.1", port), COORDINATOR.id(), SECRET, expiry).text();
  }

  private static Instant tomorrow() {
    return Instant.now().plus(Duration.ofDays(1));
  }

  @Test
  void joiningPinsTheCoordinatorAndATokenWorksOnce() throws Exception {
    try (WireServer server = server()) {
      String token = token(server.port(), tomorrow());
      Invocation join = Invocation.of(home, "join", token);
      assertThat(join.exitCode()).isZero();
      assertThat(join.out()).contains("Joined a coordinator", COORDINATOR.id().value());
      PinnedCoordinator pinned =
          PinnedCoordinator.read(home.resolve("coordinator.json")).orElseThrow();
      assertThat(pinned.key()).isEqualTo(COORDINATOR.publicKey());

      Invocation again = Invocation.of(home.resolve("other"), "join", token);
      assertThat(again.exitCode()).isEqualTo(2);
      assertThat(again.err()).contains("this token was used before", "get a new one");
      assertThat(home.resolve("other/coordinator.json")).doesNotExist();
    }
  }

  @Test
  void aBadTokenIsRefusedWithTheReason() {
    String genuine = token(1, tomorrow());
    Invocation altered =
        Invocation.of(home, "join", genuine.replace("assay-join-A", "assay-join-B"));
    Invocation expired = Invocation.of(home, "join", token(1, Instant.now().minusSeconds(60)));
    Invocation none = Invocation.of(home, "join", "hello");
    assertThat(altered.exitCode()).isEqualTo(2);
    assertThat(altered.err()).contains("altered or cut short").hasLineCount(1);
    assertThat(expired.exitCode()).isEqualTo(2);
    assertThat(expired.err()).contains("expired", "get a new one").hasLineCount(1);
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("not a join token").hasLineCount(1);
  }

  @Test
  void aCoordinatorThatIsNotThereIsATemporaryProblem() throws Exception {
    int port;
    try (WireServer server = server()) {
      port = server.port();
    }
    Invocation join = Invocation.of(home, "join", token(port, tomorrow()));
    assertThat(join.exitCode()).isEqualTo(3);
    assertThat(join.err()).contains("could not be reached", "the token was not used");
  }

  @Test
  void anotherCoordinatorIsJoinedOnlyOnPurpose() throws Exception {
    SigningKey before = SigningKey.generate(new SecureRandom());
    Files.createDirectories(home);
    new PinnedCoordinator(new Address("127.0.0.1", 1), before.publicKey(), "the first")
        .write(home.resolve("coordinator.json"));
    try (WireServer server = server()) {
      String token = token(server.port(), tomorrow());
      Invocation join = Invocation.of(home, "join", token);
      assertThat(join.exitCode()).isEqualTo(2);
      assertThat(join.err()).contains("has joined the coordinator the first", "--replace");
      assertThat(Invocation.of(home, "join", "--replace", token).exitCode()).isZero();
    }
  }

  @Test
  void whereNoAgentRunsOneIsToldSo() {
    assertThat(Invocation.of(home, "status").err()).contains("No agent runs on", "assay run");
    assertThat(Invocation.of(home, "status").exitCode()).isEqualTo(3);
    for (String command : new String[] {"stop", "pause", "resume", "drain"}) {
      assertThat(Invocation.of(home, command).exitCode()).isEqualTo(3);
    }
    Invocation run = Invocation.of(home, "run");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("has not joined a coordinator", "assay join TOKEN");
  }

  @Test
  void aHomeThatIsTakenIsLeftAlone() throws Exception {
    new PinnedCoordinator(new Address("127.0.0.1", 1), COORDINATOR.publicKey(), "it")
        .write(home.resolve("coordinator.json"));
    Files.createDirectories(home.resolve("run"));
    try (HomeLock lock = HomeLock.take(home.resolve("run/agent.lock")).orElseThrow()) {
      assertThat(lock).isNotNull();
      for (String command : new String[] {"run", "prove"}) {
        Invocation second = Invocation.of(home, command);
        assertThat(second.exitCode()).isEqualTo(3);
        assertThat(second.err()).contains("An agent runs on " + home + " already");
      }
    }
    assertThat(home.resolve("boot")).doesNotExist();
  }

  @Test
  void anOwnerPausesResumesAndDrainsTheAgent() throws Exception {
    try (WireServer server = server()) {
      Invocation.of(home, "join", token(server.port(), tomorrow()));
      CompletableFuture<Invocation> run =
          CompletableFuture.supplyAsync(() -> Invocation.of(home, "run"));
      while (Files.notExists(home.resolve("run/agent.sock"))) {
        assertThat(run).isNotDone();
        Thread.sleep(20);
      }
      Invocation past = Invocation.of(home, "pause", "--until", "2001-01-01T00:00");
      assertThat(past.exitCode()).isEqualTo(2);
      assertThat(past.err()).contains("is past").hasLineCount(1);
      Invocation strange = Invocation.of(home, "pause", "--until", "teatime");
      assertThat(strange.exitCode()).isEqualTo(2);
      assertThat(strange.err()).contains("2h", "08:00", "teatime").hasLineCount(1);
      assertThat(Invocation.of(home, "pause", "--now", "--after-jobs").exitCode()).isEqualTo(2);
      assertThat(home.resolve("pause.json")).doesNotExist();

      Invocation pause = Invocation.of(home, "pause", "--now", "--until", "2h");
      assertThat(pause.exitCode()).isZero();
      assertThat(pause.out()).contains("Paused until ", "no job is left");
      assertThat(home.resolve("pause.json")).exists();
      assertThat(Invocation.of(home, "status").out())
          .contains("paused for ", ", until ", "assay resume ends it");
      assertThat(Invocation.of(home, "status", "--json").out())
          .contains("\"state\" : \"paused\"", "\"mode\" : \"now\"");
      assertThat(Invocation.of(home, "resume").out()).contains("are taken on");
      assertThat(home.resolve("pause.json")).doesNotExist();
      assertThat(Invocation.of(home, "status").out()).doesNotContain("work ");

      Invocation drain = Invocation.of(home, "drain", "--wait");
      assertThat(drain.exitCode()).isZero();
      assertThat(drain.out()).contains("no job is left", "has ended");
      assertThat(run.get(20, TimeUnit.SECONDS).exitCode()).isZero();
      assertThat(run.get().out()).contains("paused by its owner until", "draining: nothing new");
    }
  }

  @Test
  void anAgentWhoseParentIsGoneEndsInGoodOrder() throws Exception {
    try (WireServer server = server()) {
      Invocation.of(home, "join", token(server.port(), tomorrow()));
      Invocation run =
          Invocation.plain(Map.of(), "--home", home.toString(), "run", "--parent-stdin");
      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).contains("start 1", "stopping");
      assertThat(home.resolve("boot")).hasContent("1\n");
      assertThat(home.resolve("id.jwk")).exists();
      assertThat(home.resolve("log/id.jwk")).exists();
      assertThat(home.resolve("run/agent.sock")).doesNotExist();
    }
  }
}
