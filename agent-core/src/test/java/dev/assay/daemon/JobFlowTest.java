package dev.assay.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.crypto.Digest;
import dev.assay.job.ContainerPolicy;
import dev.assay.job.ImagePattern;
import dev.assay.job.JobId;
import dev.assay.job.NetworkMode;
import dev.assay.job.OwnerPolicy;
import dev.assay.job.StopReason;
import dev.assay.token.JobEndToken;
import dev.assay.token.JobStartToken;
import dev.assay.token.JobToken;
import dev.assay.token.RefusalToken;
import dev.assay.token.SignedToken;
import dev.assay.token.Tokens;
import dev.assay.wire.FromCoordinator;
import dev.assay.wire.FromNode;
import dev.assay.wire.JobStream;
import dev.assay.wire.NodeSession;
import dev.assay.wire.RunningJob;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobFlowTest {
  private static final String SPEC = spec("");

  @TempDir Path home;
  private TestHost host;
  private FakeCoordinator coordinator;

  private static String spec(String more) {
    return "{\"runtime\":\"process\",\"command\":[\"true\"],\"environment\":{},"
        + "\"resources\":{\"memoryBytes\":16777216,\"milliCpus\":500,\"processes\":8},"
        + "\"timeLimitSeconds\":60,\"graceSeconds\":5"
        + more
        + "}";
  }

  @BeforeEach
  void start() throws Exception {
    host = new TestHost(home).start();
    coordinator = host.coordinator;
  }

  @AfterEach
  void stop() throws Exception {
    host.close();
  }

  private SignedToken<JobToken> submit(String id, String spec) {
    SignedToken<JobToken> job = coordinator.job(id, spec);
    coordinator.say(new FromCoordinator.Job(job.compact()));
    return job;
  }

  private void hearState(String state) throws Exception {
    assertThat(coordinator.hear(FromNode.JobState.class).state()).isEqualTo(state);
  }

  private SignedToken<JobToken> running(String id) throws Exception {
    SignedToken<JobToken> job = submit(id, SPEC);
    hearState("accepted");
    hearState("running");
    return job;
  }

  @Test
  void aJobGoesFromTokenToAcknowledgedResult() throws Exception {
    SignedToken<JobToken> job = running("job-1");
    host.runtime.write("job-1", "hello\n");
    host.runtime.exit("job-1", 3);
    FromNode.JobResult result = coordinator.hear(FromNode.JobResult.class);
    coordinator.say(new FromCoordinator.JobAck("job-1", result.revision()));

    SignedToken<JobStartToken> start = host.logged(JobStartToken.class).getFirst();
    SignedToken<JobEndToken> end = host.logged(JobEndToken.class).getFirst();
    assertThat(result.start()).contains(start.compact());
    assertThat(result.end()).isEqualTo(end.compact());
    assertThat(end.verifiedBy(TestHost.KEY.publicKey())).isTrue();
    assertThat(start.token().job()).isEqualTo(job.digest());
    assertThat(start.token().spec()).isEqualTo(Digest.of(SPEC.getBytes(StandardCharsets.UTF_8)));
    assertThat(start.token().bootEpoch()).isEqualTo(1);
    assertThat(end.token().start()).contains(start.digest());
    assertThat(end.token().outcome()).isEqualTo("exited");
    assertThat(end.token().exitCode()).hasValue(3);
    assertThat(end.token().stdout().size()).isEqualTo(6);
    assertThat(end.token().stdout().sha256())
        .isEqualTo(Digest.of("hello\n".getBytes(StandardCharsets.UTF_8)));
    assertThat(host.loggedTypes()).containsExactly("Platform", "JobStart", "JobEnd");
    reconnect();
    assertThat(session.hello().jobs()).isEmpty();
  }

  private NodeSession session;

  private void reconnect() throws Exception {
    coordinator.disconnect();
    session = coordinator.awaitSession();
  }

  @Test
  void aDeviceIsOneJobsAloneUntilThatHasEnded() throws Exception {
    host.close();
    host = new TestHost(home.resolve("gpus"));
    host.policy =
        OwnerPolicy.DEFAULT.withContainers(
            new ContainerPolicy(
                true,
                List.of(new ImagePattern("*")),
                List.of(),
                NetworkMode.NONE,
                List.of("GPU-*"),
                0,
                1,
                Duration.ofMinutes(1)));
    coordinator = host.start().coordinator;
    String spec =
        SPEC.replace(
            "\"runtime\":\"process\"",
            "\"runtime\":\"container\",\"container\":{\"image\":\"a\",\"gpus\":[\"GPU-1\",\"GPU-2\"]}");
    submit("first", spec);
    hearState("accepted");
    hearState("running");
    submit("second", spec.replace("\"GPU-1\",", ""));
    assertThat(coordinator.hear(FromNode.JobState.class).detail())
        .contains("containers.gpus: the device GPU-2 is leased to first");
    host.runtime.exit("first", 0);
    coordinator.hear(FromNode.JobResult.class);
    submit("third", spec);
    hearState("accepted");
  }

  @Test
  void outputIsStreamedFromWhereTheCoordinatorHasItToItsEnd() throws Exception {
    running("job-1");
    host.runtime.write("job-1", "first ");
    coordinator.say(new FromCoordinator.JobOutputGet("job-1", JobStream.STDOUT, 0));
    assertThat(piece(0)).isEqualTo("first ");
    ack(6);
    host.runtime.write("job-1", "second");
    assertThat(piece(6)).isEqualTo("second");
    ack(2);
    assertThat(piece(2)).isEqualTo("rst second");
    ack(12);
    host.runtime.exit("job-1", 0);
    FromNode.JobOutputEnd end = coordinator.hearLater(FromNode.JobOutputEnd.class);
    assertThat(end.length()).isEqualTo(12);
    assertThat(end.sha256()).isEqualTo(Digest.of("first second".getBytes(StandardCharsets.UTF_8)));
  }

  private String piece(long offset) throws Exception {
    FromNode.JobOutput output = coordinator.hear(FromNode.JobOutput.class);
    assertThat(output.offset()).isEqualTo(offset);
    return new String(output.data().toByteArray(), StandardCharsets.UTF_8);
  }

  private void ack(long offset) {
    coordinator.say(new FromCoordinator.JobOutputAck("job-1", JobStream.STDOUT, offset));
  }

  @Test
  void aJobIsTakenOnOnceAndAnsweredAgain() throws Exception {
    SignedToken<JobToken> job = running("job-1");
    coordinator.say(new FromCoordinator.Job(job.compact()));
    hearState("running");
    submit("job-1", spec(",\"stopAfterDisconnectSeconds\":9"));
    assertThat(coordinator.hearFault()).isEqualTo("this node has another job job-1");
    assertThat(host.runtime.started).containsExactly(new JobId("job-1"));
  }

  @Test
  void anUnsignedMisdirectedOrExpiredJobIsRejected() throws Exception {
    JobToken genuine = coordinator.job("job-1", SPEC).token();
    SignedToken<JobToken> foreign =
        Tokens.sign(
            new JobToken(
                FakeCoordinator.key(3).id(),
                genuine.subject(),
                genuine.id(),
                genuine.issuedAt(),
                genuine.expiresAt(),
                SPEC),
            FakeCoordinator.key(3));
    coordinator.say(new FromCoordinator.Job(foreign.compact()));
    assertThat(coordinator.hearFault()).contains("not signed by");
    coordinator.say(new FromCoordinator.Job(foreign.compact().replaceAll("[^.]*$", "AAAA")));
    assertThat(coordinator.hearFault()).contains("signature");
    JobToken elsewhere =
        new JobToken(
            genuine.issuer(),
            FakeCoordinator.key(3).id(),
            genuine.id(),
            genuine.issuedAt(),
            genuine.expiresAt(),
            SPEC);
    coordinator.say(new FromCoordinator.Job(coordinator.sign(elsewhere).compact()));
    assertThat(coordinator.hearFault()).contains("is for the node");
    host.clock.jump(Duration.ofHours(2));
    coordinator.say(new FromCoordinator.Job(coordinator.sign(genuine).compact()));
    assertThat(coordinator.hearFault()).contains("expired");
    assertThat(host.runtime.started).isEmpty();
    assertThat(host.loggedTypes()).containsExactly("Platform");
  }

  @Test
  void aPolicyThatForbidsAJobIsNamed() throws Exception {
    host.stop();
    host.policy = OwnerPolicy.DEFAULT;
    host.start();
    submit("job-1", SPEC);
    FromNode.JobState refused = coordinator.hear(FromNode.JobState.class);
    assertThat(refused.state()).isEqualTo("refused");
    assertThat(refused.detail().orElseThrow()).startsWith("jobs.process: ");
    submit("job-2", "{}");
    FromNode.JobState malformed = coordinator.hear(FromNode.JobState.class);
    assertThat(malformed.detail().orElseThrow()).contains("spec.runtime: missing");
    assertThat(host.loggedTypes()).containsExactly("Platform", "Platform");
  }

  @Test
  void aJobIsCancelled() throws Exception {
    running("job-1");
    coordinator.say(new FromCoordinator.JobCancel("job-1", "no longer wanted"));
    hearState("ending");
    FromNode.JobResult result = coordinator.hear(FromNode.JobResult.class);
    assertThat(end(result).outcome()).isEqualTo("cancelled");
    assertThat(host.runtime.stopped).containsEntry(new JobId("job-1"), StopReason.CANCELLED);
    coordinator.say(new FromCoordinator.JobCancel("job-1", "no longer wanted"));
    assertThat(coordinator.hear(FromNode.JobResult.class)).isEqualTo(result);
    coordinator.say(new FromCoordinator.JobCancel("job-9", "never was"));
    assertThat(coordinator.hearFault()).isEqualTo("this node has no job job-9");
  }

  private static JobEndToken end(FromNode.JobResult result) {
    return Tokens.parse(result.end(), JobEndToken.class).token();
  }

  @Test
  void aRestartedAgentAdoptsWhatRunsAndReportsItsEndOnce() throws Exception {
    running("job-1");
    host.crash();
    host.begin();
    assertThat(coordinator.awaitSession().hello().jobs())
        .extracting(RunningJob::id, RunningJob::state)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("job-1", "running"));
    hearState("running");
    host.runtime.exit("job-1", 0);
    FromNode.JobResult result = coordinator.hear(FromNode.JobResult.class);
    assertThat(end(result).exitCode()).hasValue(0);
    assertThat(host.runtime.started).hasSize(1);
    assertThat(host.runtime.adopted).hasSize(1);
    assertThat(host.logged(JobStartToken.class)).hasSize(1);
    assertThat(host.logged(JobEndToken.class)).hasSize(1);
  }

  @Test
  void aJobThatWasToEndWhenTheAgentDiedIsEndedByTheNextOne() throws Exception {
    running("job-1");
    host.runtime.deafTo(new JobId("job-1"));
    coordinator.say(new FromCoordinator.JobCancel("job-1", "no longer wanted"));
    hearState("ending");
    host.crash();
    host.start();
    FromNode.JobResult result = coordinator.hearLater(FromNode.JobResult.class);
    assertThat(end(result).outcome()).isEqualTo("cancelled");
  }

  @Test
  void aResultIsKeptAndSentAgainUntilItIsAcknowledged() throws Exception {
    running("job-1");
    host.runtime.exit("job-1", 0);
    FromNode.JobResult result = coordinator.hear(FromNode.JobResult.class);
    reconnect();
    assertThat(coordinator.hear(FromNode.JobResult.class)).isEqualTo(result);
    host.crash();
    host.start();
    assertThat(coordinator.hearLater(FromNode.JobResult.class)).isEqualTo(result);
    coordinator.say(new FromCoordinator.JobAck("job-1", result.revision()));
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    coordinator.hearLater(FromNode.Commitment.class);
    reconnect();
    assertThat(session.hello().jobs()).isEmpty();
    assertThat(host.logged(JobEndToken.class)).hasSize(1);
  }

  /** The power fails at the append of start or end, before or after it is durable. */
  @ParameterizedTest
  @CsvSource({"0, false", "0, true", "1, false", "1, true"})
  void aCrashAtEachStepIsMadeGoodByTheNextAgent(int step, boolean durable) throws Exception {
    host.log.dieAfter(step, durable);
    submit("job-1", SPEC);
    hearState("accepted");
    if (step == 1) {
      hearState("running");
      host.runtime.exit("job-1", 0);
    }
    host.event(AgentEvent.Trouble.class);
    host.crash();
    host.start();
    if (step == 0) {
      coordinator.hearLater(FromNode.JobState.class);
      hearState("running");
      host.runtime.exit("job-1", 0);
    }
    assertThat(end(coordinator.hearLater(FromNode.JobResult.class)).exitCode()).hasValue(0);
    assertThat(host.runtime.started).hasSize(1);
    List<String> types = host.loggedTypes();
    types.removeIf("Platform"::equals);
    assertThat(types).containsExactly("JobStart", "JobEnd");
  }

  @Test
  void aJobThatMayNotRunAloneIsStoppedWhenTheCoordinatorIsAway() throws Exception {
    submit("job-1", spec(",\"stopAfterDisconnectSeconds\":0"));
    hearState("accepted");
    hearState("running");
    coordinator.disconnect();
    coordinator.awaitSession();
    FromNode.JobResult result = coordinator.hearLater(FromNode.JobResult.class);
    assertThat(end(result).outcome()).isEqualTo("disconnected");
  }

  @Test
  void proofsYieldToJobs() throws Exception {
    host.prover.hold();
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    host.prover.awaitWork();
    submit("job-1", SPEC);
    FromNode.Refusal yielded = coordinator.hearLater(FromNode.Refusal.class);
    assertThat(Tokens.parse(yielded.token(), RefusalToken.class).token().reason())
        .contains("yield to jobs");
    host.prover.reset();
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    FromNode.Refusal refusal = coordinator.hearLater(FromNode.Refusal.class);
    assertThat(Tokens.parse(refusal.token(), RefusalToken.class).token().reason())
        .contains("proofs.beside-jobs");
    host.runtime.exit("job-1", 0);
    coordinator.hearLater(FromNode.JobResult.class);
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    coordinator.hearLater(FromNode.Commitment.class);
  }
}
