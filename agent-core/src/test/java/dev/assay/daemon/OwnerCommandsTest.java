package dev.assay.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.control.ControlClient;
import dev.assay.control.ControlException;
import dev.assay.control.ControlServer;
import dev.assay.job.JobId;
import dev.assay.job.StopReason;
import dev.assay.json.StrictJson;
import dev.assay.owner.Hours;
import dev.assay.owner.OwnerTerms;
import dev.assay.owner.Pause;
import dev.assay.owner.VetoHook;
import dev.assay.token.ChallengeToken;
import dev.assay.token.RefusalToken;
import dev.assay.token.SignedToken;
import dev.assay.token.Tokens;
import dev.assay.wire.Availability;
import dev.assay.wire.Fault;
import dev.assay.wire.FromCoordinator;
import dev.assay.wire.FromNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the owner says, over the control socket, and what the coordinator and the jobs see of it.
 */
@Timeout(60)
class OwnerCommandsTest {
  private static final String SPEC =
      "{\"runtime\":\"process\",\"command\":[\"true\"],\"environment\":{},"
          + "\"resources\":{\"memoryBytes\":16777216,\"milliCpus\":500,\"processes\":8},"
          + "\"timeLimitSeconds\":60,\"graceSeconds\":5}";

  @TempDir Path home;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private TestHost host;
  private FakeCoordinator coordinator;
  private ControlServer server;
  private ControlClient client;

  @BeforeEach
  void create() throws Exception {
    host = new TestHost(home);
    coordinator = host.coordinator;
  }

  private FromNode.Hello start() throws Exception {
    host.begin();
    Path socket = home.resolve("run/agent.sock");
    server = ControlServer.start(socket, host.agent.control(stopped::countDown));
    client = new ControlClient(socket);
    return coordinator.awaitSession().hello();
  }

  private FromNode.Hello restart() throws Exception {
    server.close();
    host.stop();
    coordinator.heardSoFar();
    return start();
  }

  @AfterEach
  void stop() throws Exception {
    host.prover.reset();
    server.close();
    host.close();
  }

  private JsonNode pause(Pause.Mode mode, Optional<Duration> length) throws Exception {
    Instant now = host.clock.instant();
    return client
        .post("/pause", new Pause(mode, now, length.map(now::plus)).toJson())
        .raw()
        .path("availability");
  }

  private JsonNode post(String path) throws Exception {
    return client.post(path, StrictJson.newObject()).raw().path("availability");
  }

  private void submit(String id) {
    coordinator.say(new FromCoordinator.Job(coordinator.job(id, SPEC).compact()));
  }

  private FromNode.JobState state(String word) throws Exception {
    FromNode.JobState state = coordinator.hear(FromNode.JobState.class);
    assertThat(state.state()).isEqualTo(word);
    return state;
  }

  private void running(String id) throws Exception {
    submit(id);
    state("accepted");
    state("running");
  }

  private void hearNow(Availability.State state) throws Exception {
    assertThat(coordinator.hear(FromNode.AvailabilityChange.class).now().state()).isEqualTo(state);
  }

  private String declined() throws Exception {
    SignedToken<ChallengeToken> challenge = coordinator.challengeNode(ProofFlowTest.CHAIN);
    RefusalToken refusal =
        Tokens.parse(coordinator.hear(FromNode.Refusal.class).token(), RefusalToken.class).token();
    assertThat(refusal.challenge()).isEqualTo(challenge.digest());
    return refusal.reason();
  }

  @Test
  void aPausedNodeRefusesJobsAndProofsUntilItsOwnerResumes() throws Exception {
    start();
    running("job-1");
    JsonNode status = pause(Pause.Mode.AFTER_JOBS, Optional.empty());
    hearNow(Availability.State.PAUSED);
    assertThat(status.path("state").asText()).isEqualTo("paused");
    assertThat(status.path("mode").asText()).isEqualTo("after-jobs");
    assertThat(status.path("setting").asText()).isEqualTo("assay pause");

    submit("job-2");
    assertThat(state("refused").detail().orElseThrow())
        .isEqualTo(
            "assay pause: the owner of this host has paused it; assay resume lets work in again");
    assertThat(declined()).contains("has paused it", "assay resume");
    assertThat(host.runtime.stopped).isEmpty();

    assertThat(post("/resume").path("state").asText()).isEqualTo("open");
    hearNow(Availability.State.OPEN);
    running("job-3");
    assertThat(home.resolve("pause.json")).doesNotExist();
  }

  @Test
  void nowEndsJobsAsStoppedByTheOwner() throws Exception {
    start();
    running("job-1");
    pause(Pause.Mode.NOW, Optional.empty());
    assertThat(coordinator.hearLater(FromNode.JobResult.class).id()).isEqualTo("job-1");
    assertThat(host.runtime.stopped).containsEntry(new JobId("job-1"), StopReason.OWNER);
    assertThat(client.get("/status").raw().at("/jobs/0/outcome").asText())
        .isEqualTo("stopped-by-owner");
  }

  @Test
  void nowDeclinesTheProofUnderWay() throws Exception {
    start();
    host.prover.hold();
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    host.prover.awaitWork();
    pause(Pause.Mode.NOW, Optional.empty());
    FromNode.Refusal refusal = coordinator.hearLater(FromNode.Refusal.class);
    assertThat(Tokens.parse(refusal.token(), RefusalToken.class).token().reason())
        .contains("has paused it");
  }

  @Test
  void aPauseHoldsOverARestartAndEndsByItself() throws Exception {
    start();
    pause(Pause.Mode.AFTER_JOBS, Optional.of(Duration.ofHours(2)));
    hearNow(Availability.State.PAUSED);
    FromNode.Hello hello = restart();
    assertThat(hello.availability())
        .isEqualTo(
            new Availability(
                Availability.State.PAUSED,
                OptionalLong.of(Instant.parse("2026-11-22T14:00:00Z").getEpochSecond())));
    submit("job-1");
    assertThat(state("refused").detail().orElseThrow()).contains("until 2026-11-22T14:00:00Z");
    coordinator.say(new FromCoordinator.JobAck("job-1", 1));

    host.clock.jump(Duration.ofHours(2));
    hearNow(Availability.State.OPEN);
    running("job-2");
    assertThat(restart().availability()).isEqualTo(Availability.OPEN);
  }

  @Test
  void aNodeThatDiedBeforeItHadEndedItsJobsEndsThemLater() throws Exception {
    start();
    running("job-1");
    host.runtime.deafTo(new JobId("job-1"));
    pause(Pause.Mode.NOW, Optional.empty());
    coordinator.hearLater(FromNode.JobState.class);
    assertThat(restart().availability().state()).isEqualTo(Availability.State.PAUSED);
    assertThat(coordinator.hearLater(FromNode.JobResult.class).id()).isEqualTo("job-1");
    assertThat(host.runtime.stopped).containsEntry(new JobId("job-1"), StopReason.OWNER);
  }

  @Test
  void aDrainFinishesWhatRunsAndThenStops() throws Exception {
    start();
    running("job-1");
    assertThat(post("/drain").path("state").asText()).isEqualTo("draining");
    hearNow(Availability.State.DRAINING);
    submit("job-2");
    assertThat(state("refused").detail().orElseThrow()).startsWith("assay drain: ");
    coordinator.say(new FromCoordinator.JobAck("job-2", 1));
    assertThat(stopped.await(500, TimeUnit.MILLISECONDS)).isFalse();
    host.runtime.exit("job-1", 0);
    FromNode.JobResult result = coordinator.hear(FromNode.JobResult.class);
    coordinator.say(new FromCoordinator.JobAck("job-1", result.revision()));
    assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(restart().availability()).isEqualTo(Availability.OPEN);
  }

  @Test
  void aDrainCanBeCalledOff() throws Exception {
    start();
    running("job-1");
    post("/drain");
    hearNow(Availability.State.DRAINING);
    post("/resume");
    hearNow(Availability.State.OPEN);
    host.runtime.exit("job-1", 0);
    coordinator.hear(FromNode.JobResult.class);
    assertThat(stopped.await(700, TimeUnit.MILLISECONDS)).isFalse();
  }

  @Test
  void whatIsNoPauseIsRefusedInASentence() throws Exception {
    start();
    assertThatThrownBy(() -> pause(Pause.Mode.NOW, Optional.of(Duration.ofSeconds(-1))))
        .isInstanceOf(ControlException.class)
        .hasMessageContaining("would be over already");
    assertThatThrownBy(() -> post("/pause")).isInstanceOf(ControlException.class);
    assertThat(client.get("/status").raw().at("/availability/state").asText()).isEqualTo("open");
  }

  @Test
  void theOwnersHoursAndIdleHostHoldForJobsAndProofs() throws Exception {
    // The clock stands at noon of a Sunday.
    host.terms =
        new OwnerTerms(
            new Hours(List.of(Hours.window("Sun 11:00-13:00").orElseThrow())),
            OptionalLong.of(500),
            Optional.of(Duration.ofMinutes(15)),
            Optional.empty());
    host.activity.milliLoad = 600;
    start();
    submit("job-1");
    assertThat(state("refused").detail().orElseThrow()).startsWith("owner.idle-load: ");
    host.activity.milliLoad = 0;
    host.activity.lastInput = Optional.of(host.clock.instant());
    assertThat(declined()).contains("(owner.idle-input)");
    host.activity.lastInput = Optional.empty();
    host.activity.broken = true;
    assertThat(declined()).contains("cannot be measured", "(owner.idle-load)");
    host.activity.broken = false;
    running("job-2");
    host.clock.jump(Duration.ofMinutes(60));
    submit("job-3");
    assertThat(state("refused").detail().orElseThrow()).startsWith("owner.hours: ");
    assertThat(host.runtime.stopped).isEmpty();
  }

  @Test
  void theOwnersProgramIsAskedAboutEachJob() throws Exception {
    Path allowed = home.resolve("allowed");
    veto("test -e " + allowed + " || { echo not today; exit 1; }");
    start();
    submit("job-1");
    assertThat(state("refused").detail()).contains("owner.veto: not today");
    Files.createFile(allowed);
    running("job-2");
  }

  @Test
  void aProofDoesNotWaitForTheOwnersProgramAndAJobCancelledMeanwhileIsNotTakenOn()
      throws Exception {
    Path asked = home.resolve("asked");
    Path answer = home.resolve("answer");
    veto("touch " + asked + "; while ! test -e " + answer + "; do sleep 0.05; done");
    start();
    submit("job-1");
    while (Files.notExists(asked)) {
      Thread.sleep(10);
    }
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    coordinator.hear(FromNode.Commitment.class);
    coordinator.say(new FromCoordinator.JobCancel("job-1", "changed my mind"));
    assertThat(coordinator.hear(Fault.class).code()).isEqualTo(Fault.NOT_FOUND);
    submit("job-2");
    Files.createFile(answer);
    assertThat(state("accepted").id()).isEqualTo("job-2");
    assertThat(host.journal().all()).hasSize(1);
  }

  private void veto(String script) throws Exception {
    boolean root = System.getProperty("user.name").equals("root");
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path program = Files.writeString(home.resolve("veto"), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    host.terms =
        new OwnerTerms(
            Hours.ALWAYS,
            OptionalLong.empty(),
            Optional.empty(),
            Optional.of(
                new VetoHook(
                    program,
                    Duration.ofSeconds(20),
                    root ? Optional.of("nobody") : Optional.empty())));
  }
}
