package dev.assay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.json.StrictJson;
import java.io.ByteArrayOutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator and an agent on one host, driven as their operators do. */
@Timeout(120)
class CoordinatorCommandsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path directory;
  private static Path home;
  private static Running coordinator;
  private static Running agent;
  private static String node;

  /** A command that runs until its standard input ends. */
  private record Running(
      Thread thread, PipedOutputStream in, ByteArrayOutputStream out, ByteArrayOutputStream err)
      implements AutoCloseable {
    static Running start(Path home, String... args) throws Exception {
      PipedOutputStream in = new PipedOutputStream();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      Cli cli = Invocation.cli(new PipedInputStream(in), out, err, Map.of());
      List<String> all = new ArrayList<>(List.of("--home", home.toString()));
      all.addAll(Arrays.asList(args));
      Thread thread = Thread.ofPlatform().start(() -> Main.run(cli, all.toArray(String[]::new)));
      return new Running(thread, in, out, err);
    }

    @Override
    public void close() throws Exception {
      in.close();
      thread.join(PATIENCE);
      assertThat(thread.isAlive()).isFalse();
    }
  }

  @BeforeAll
  static void aNodeThatHasJoined() throws Exception {
    home = directory.resolve("coordinator");
    Path agentHome = directory.resolve("node");
    Path ready = directory.resolve("ready.json");
    coordinator =
        Running.start(
            home,
            "coordinator",
            "--listen",
            "127.0.0.1:0",
            "--challenge-every",
            "0s",
            "--ready",
            ready.toString(),
            "--parent-stdin");
    await(() -> Files.exists(ready));
    assertThat(Files.getPosixFilePermissions(ready))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    JsonNode told = StrictJson.object(Files.readAllBytes(ready), "ready").raw();
    assertThat(told.path("port").asInt()).isPositive();
    assertThat(Files.readString(home.resolve("log/id.jwk")))
        .isEqualTo(Files.readString(home.resolve("id.jwk")));

    assertThat(Invocation.of(agentHome, "join", told.path("token").asText()).exitCode()).isZero();
    Files.writeString(agentHome.resolve("assay.toml"), "[jobs]\nprocess = true\n");
    agent = Running.start(agentHome, "run", "--parent-stdin");
    await(() -> json("node", "list").path("nodes").path(0).path("present").asBoolean());
    node = json("node", "list").path("nodes").path(0).path("id").asText();
  }

  @AfterAll
  static void bothEndWithTheirParents() throws Exception {
    agent.close();
    assertThat(agent.err.toString(UTF_8)).doesNotContain("next attempt");
    await(() -> !json("node", "list").path("nodes").path(0).path("present").asBoolean());
    assertThat(assay("node", "show", node).out())
        .containsPattern("last seen  20[0-9-]+ [0-9:]+Z")
        .contains("away", " threads, ", " of memory");
    coordinator.close();
    assertThat(coordinator.out.toString(UTF_8)).endsWith("stopping\n");
    Invocation gone = Invocation.of(home, "node", "list");
    assertThat(gone.exitCode()).isEqualTo(3);
    assertThat(gone.err()).contains("No coordinator runs on " + home).hasLineCount(1);
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "it did not come about: " + coordinator.err.toString(UTF_8) + coordinator.out);
      }
      Thread.sleep(20);
    }
  }

  private static Invocation assay(String... args) {
    return Invocation.of(home, args);
  }

  private static JsonNode json(String... args) {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    all.add("--json");
    return StrictJson.object(assay(all.toArray(String[]::new)).out(), "answer").raw();
  }

  @Test
  void nodesAreListedAndShownByTheBeginningOfTheirId() {
    assertThat(assay("node", "list").out()).contains(node, "here", "cpu:0");
    assertThat(assay("node", "show", node.substring(0, 6)).out())
        .contains(node, "device     cpu:0", " threads, ", " of memory", "last seen  now");
    Invocation none = assay("node", "show", "nobody");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("\"nobody\"").hasLineCount(1);
  }

  @Test
  void aChallengeWithExactParametersIsAwaitedAndCredited() {
    Invocation done =
        assay(
            "challenge",
            node,
            "--proof",
            "hash-chain",
            "--workers",
            "1",
            "--segments",
            "4",
            "--steps",
            "1000",
            "--checks",
            "4");
    assertThat(done.out()).contains("hash-chain/1/4/1000/4", "passed", "H/s");
    assertThat(done.exitCode()).isZero();
    assertThat(assay("node", "show", node).out()).contains("hash-chain/1/4/1000/4");
  }

  @Test
  void exactParametersThatDoNotGoTogetherAreNamed() {
    assertThat(assay("challenge", node, "--labels", "1024").err())
        .contains("--labels goes with --proof memory-fill alone");
    assertThat(assay("challenge", node, "--proof", "matmul", "--rounds", "2").err())
        .contains("need --n too");
    assertThat(assay("challenge", node, "--proof", "matmul", "--n", "100").exitCode()).isEqualTo(2);
    assertThat(assay("challenge", node, "--proof", "magic").err()).contains("choose one of");
    assertThat(assay("challenge", node, "--proof", "matmul", "--device", "gpu:7").err())
        .contains("no device gpu:7");
  }

  @Test
  void aJobsOutputAndExitCodeAreOnesOwnWithWait() {
    Invocation done =
        assay("job", "submit", node, "--wait", "--", "sh", "-c", "echo out; echo err >&2; exit 7");
    assertThat(done.exitCode()).isEqualTo(7);
    assertThat(done.out()).isEqualTo("out\n");
    assertThat(done.err()).endsWith("err\n");
    String id = done.err().lines().findFirst().orElseThrow();

    assertThat(assay("job", "list").out()).contains(id, "exited with code 7");
    assertThat(assay("job", "show", id).out()).contains("exited with code 7", "sh -c echo out");
    assertThat(assay("job", "logs", id).out()).isEqualTo("out\n");
    assertThat(assay("job", "logs", "-f", "--stderr", id).out()).isEqualTo("err\n");
    assertThat(json("job", "logs", id).path("stdout").asText()).isEqualTo("out\n");
    Invocation late = assay("job", "cancel", id);
    assertThat(late.exitCode()).isEqualTo(3);
    assertThat(late.err()).contains("has ended already");
  }

  @Test
  void aRunningJobIsCancelled() {
    String id = assay("job", "submit", node, "--env", "A=B", "--", "sleep", "600").out().strip();
    assertThat(assay("job", "cancel", id).exitCode()).isZero();
    assertThat(assay("job", "logs", "-f", id).exitCode()).isZero();
    assertThat(assay("job", "show", id).out()).contains("cancelled");
  }

  @Test
  void anOwnerTakesTheHostBackFromAJobThatDoesNotWantToEndAndWorkWaits() throws Exception {
    Path agentHome = directory.resolve("node");
    String deaf = "trap '' TERM; echo ready; while :; do sleep 0.1; done";
    String running =
        assay("job", "submit", node, "--grace", "1s", "--", "sh", "-c", deaf).out().strip();
    await(() -> assay("job", "logs", running).out().equals("ready\n"));
    try {
      assertThat(Invocation.of(agentHome, "pause", "--now", "--until", "1h").out())
          .contains("1 job is left and is being ended");
      assertThat(assay("job", "logs", "-f", running).exitCode()).isZero();
      await(() -> assay("job", "show", running).out().contains("stopped-by-owner"));
      await(() -> assay("node", "list").out().contains("paused until 20"));
      assertThat(assay("challenge", node).err())
          .contains("lets no new work in now")
          .hasLineCount(1);
      String waiting = assay("job", "submit", node, "--", "true").out().strip();
      assertThat(json("job", "show", waiting).path("state").asText()).isEqualTo("queued");
      assertThat(Invocation.of(agentHome, "resume").exitCode()).isZero();
      await(() -> assay("job", "show", waiting).out().contains("exited with code 0"));
    } finally {
      Invocation.of(agentHome, "resume");
    }
  }

  @Test
  void whatTheOwnerDoesNotAllowIsRefusedWithTheReason() {
    Invocation refused = assay("job", "submit", node, "--wait", "--memory", "1PiB", "--", "true");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("refused");
    assertThat(assay("job", "submit", node, "--cpus", "0", "--", "true").exitCode()).isEqualTo(2);
    assertThat(assay("job", "show", "job-0").err()).contains("there is no job \"job-0\"");
  }

  @Test
  void invitationsAreMade() {
    assertThat(assay("invite", "--valid", "10m").out()).matches("assay-join-[A-Za-z0-9_-]+\n");
    assertThat(json("invite").path("address").asText()).startsWith("127.0.0.1:");
    assertThat(assay("invite", "--valid", "soon").exitCode()).isEqualTo(2);
  }

  @Test
  void oneCoordinatorRunsOnAHomeAndListensWhereNodesCanFindIt() {
    Invocation second = assay("coordinator");
    assertThat(second.exitCode()).isEqualTo(3);
    assertThat(second.err()).contains("already");
    Invocation everywhere =
        Invocation.of(directory.resolve("other"), "coordinator", "--listen", "0.0.0.0:0");
    assertThat(everywhere.exitCode()).isEqualTo(2);
    assertThat(everywhere.err()).contains("--advertise");
  }
}
