package dev.assay.coordinator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.crypto.Digest;
import dev.assay.job.JobSpec;
import dev.assay.job.Resources;
import dev.assay.job.RuntimeKind;
import dev.assay.token.JobEndToken;
import dev.assay.token.JobEndToken.Output;
import dev.assay.token.JobStartToken;
import dev.assay.token.JobToken;
import dev.assay.token.SignedToken;
import dev.assay.token.Tokens;
import dev.assay.wire.Bytes;
import dev.assay.wire.Fault;
import dev.assay.wire.FromCoordinator;
import dev.assay.wire.FromCoordinator.JobAck;
import dev.assay.wire.FromCoordinator.JobOutputAck;
import dev.assay.wire.FromCoordinator.JobOutputGet;
import dev.assay.wire.FromNode;
import dev.assay.wire.JobStream;
import dev.assay.wire.RunningJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs from order to acknowledged end. */
@Timeout(60)
class JobsTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final byte[] HELLO = "hello\n".getBytes(UTF_8);
  private static final byte[] NOTHING = {};
  private static final JobSpec SPEC =
      new JobSpec(
          RuntimeKind.PROCESS,
          List.of("echo", "hello"),
          Map.of(),
          new Resources(256 << 20, 1000, 64),
          Duration.ofMinutes(1),
          Duration.ofSeconds(5),
          Optional.empty());

  @TempDir Path home;
  private Bench bench;
  private ScriptedNode node;

  @BeforeEach
  void start() throws Exception {
    bench = new Bench(home);
    node = bench.node(2);
  }

  @AfterEach
  void stop() throws Exception {
    bench.close();
  }

  private String submit() throws Exception {
    return bench.coordinator.submit(node.id(), SPEC, HOUR);
  }

  private SignedToken<JobToken> nextJob() throws Exception {
    return Tokens.parse(node.next(FromCoordinator.Job.class).token(), JobToken.class);
  }

  private void state(String id, long revision, String state) {
    node.send(new FromNode.JobState(id, revision, state, Optional.empty()));
  }

  private FromNode.JobResult result(SignedToken<JobToken> job, byte[] stdout) {
    SignedToken<JobStartToken> start =
        node.sign(
            new JobStartToken(
                node.key.id(), 5, job.digest(), job.token().id(), job.token().specDigest(), 1));
    SignedToken<JobEndToken> end =
        node.sign(
            new JobEndToken(
                node.key.id(),
                6,
                job.digest(),
                job.token().id(),
                Optional.of(start.digest()),
                "exited",
                OptionalInt.of(3),
                OptionalInt.empty(),
                new Output(stdout.length, Digest.of(stdout)),
                new Output(0, Digest.of(NOTHING)),
                OptionalLong.of(5),
                6));
    return new FromNode.JobResult(job.token().id(), 4, Optional.of(start.compact()), end.compact());
  }

  private long output(String id, long offset, byte[] data) throws Exception {
    node.send(new FromNode.JobOutput(id, JobStream.STDOUT, offset, Bytes.of(data)));
    return node.next(JobOutputAck.class).offset();
  }

  private JobAck run(String id) throws Exception {
    state(id, 1, "accepted");
    node.next(JobAck.class);
    state(id, 2, "running");
    JobAck ack = node.next(JobAck.class);
    node.next(JobOutputGet.class);
    node.next(JobOutputGet.class);
    return ack;
  }

  private byte[] stdout(String id) throws Exception {
    return Files.readAllBytes(bench.coordinator.outputs().file(id, JobStream.STDOUT).path());
  }

  @Test
  void aJobIsAcknowledgedOnceItsEndAndAllOfItsOutputAreHere() throws Exception {
    String id = submit();
    SignedToken<JobToken> job = nextJob();
    assertThat(job.verifiedBy(bench.key.publicKey())).isTrue();
    assertThat(run(id)).isEqualTo(new JobAck(id, 2));
    assertThat(output(id, 0, "hel".getBytes(UTF_8))).isEqualTo(3);

    node.send(result(job, HELLO));
    assertThat(node.next(JobOutputGet.class)).isEqualTo(new JobOutputGet(id, JobStream.STDOUT, 3));
    assertThat(bench.coordinator.job(id).done()).isFalse();
    assertThat(output(id, 3, "lo\n".getBytes(UTF_8))).isEqualTo(6);
    node.send(new FromNode.JobOutputEnd(id, JobStream.STDOUT, 6, Digest.of(HELLO)));
    assertThat(node.next(JobAck.class)).isEqualTo(new JobAck(id, 4));
    assertThat(bench.done(id).state()).isEqualTo("exited");
    assertThat(stdout(id)).isEqualTo(HELLO);

    node.send(result(job, HELLO));
    assertThat(node.next(JobAck.class)).isEqualTo(new JobAck(id, 4));
  }

  @Test
  void gapsRewindAndRepetitionsAddNothing() throws Exception {
    String id = submit();
    nextJob();
    assertThat(output(id, 3, "lo\n".getBytes(UTF_8))).isZero();
    assertThat(output(id, 0, "hell".getBytes(UTF_8))).isEqualTo(4);
    assertThat(output(id, 0, "hel".getBytes(UTF_8))).isEqualTo(4);
    assertThat(output(id, 2, "llo\n".getBytes(UTF_8))).isEqualTo(6);
    assertThat(stdout(id)).isEqualTo(HELLO);
  }

  @Test
  void aNodeThatSignsAnotherDigestThanItsOutputHasIsNotAskedForever() throws Exception {
    String id = submit();
    SignedToken<JobToken> job = nextJob();
    output(id, 0, HELLO);
    node.send(result(job, "HELLO\n".getBytes(UTF_8)));
    assertThat(node.next(JobOutputGet.class).offset()).isZero();
    output(id, 0, HELLO);
    node.send(new FromNode.JobOutputEnd(id, JobStream.STDOUT, 6, Digest.of(HELLO)));
    node.next(JobAck.class);
    assertThat(bench.done(id).detail())
        .isEqualTo("the node sent another stdout than it has signed");
  }

  @Test
  void aNodeThatLostTheOutputSaysSoAndTheJobEnds() throws Exception {
    String id = submit();
    SignedToken<JobToken> job = nextJob();
    run(id);
    node.send(result(job, HELLO));
    node.next(JobOutputGet.class);
    node.send(new Fault(Fault.NOT_FOUND, "this node has no job " + id, id));
    node.next(JobAck.class);
    assertThat(bench.done(id).detail()).contains("its output is not complete");
    assertThat(bench.done(id).end()).isPresent();
  }

  @Test
  void anEndOfAnotherJobOrSignerOrASecondEndIsRefused() throws Exception {
    String id = submit();
    SignedToken<JobToken> job = nextJob();
    submit();
    SignedToken<JobToken> other = nextJob();
    FromNode.JobResult foreign = result(other, HELLO);
    node.send(new FromNode.JobResult(id, 4, foreign.start(), foreign.end()));
    assertThat(node.nextFault().message()).isEqualTo("the end is that of another job");
    node.send(new FromNode.JobResult(id, 4, Optional.empty(), result(job, HELLO).end()));
    assertThat(node.nextFault().message()).isEqualTo("the end is that of another start");
    node.send(new FromNode.JobResult(id, 4, Optional.empty(), job.compact()));
    assertThat(node.nextFault().code()).isEqualTo(Fault.REFUSED);

    node.send(result(job, NOTHING));
    node.next(JobAck.class);
    node.send(result(job, HELLO));
    assertThat(node.nextFault().message()).isEqualTo("this job has ended in another way");
    assertThat(bench.done(id).end().orElseThrow().token().stdout().size()).isZero();
  }

  @Test
  void aJobOfAnotherNodeIsNoneOfItsBusiness() throws Exception {
    ScriptedNode other = bench.node(3);
    String id = submit();
    other.send(new FromNode.JobState(id, 9, "refused", Optional.empty()));
    assertThat(other.nextFault().code()).isEqualTo(Fault.NOT_FOUND);
    other.send(new FromNode.JobOutput(id, JobStream.STDOUT, 0, Bytes.of(HELLO)));
    assertThat(other.nextFault().code()).isEqualTo(Fault.NOT_FOUND);
    other.send(new Fault(Fault.NOT_FOUND, "never heard of it", id));
    assertThat(bench.coordinator.job(id).state()).isEqualTo(JobOrder.QUEUED);
  }

  @Test
  void aRefusalByTheOwnersPolicyOrOfTheTokenItselfEndsTheJob() throws Exception {
    String byPolicy = submit();
    nextJob();
    node.send(new FromNode.JobState(byPolicy, 1, "refused", Optional.of("jobs.process: is off")));
    assertThat(node.next(JobAck.class).revision()).isEqualTo(1);
    assertThat(bench.done(byPolicy).detail()).isEqualTo("jobs.process: is off");

    String byToken = submit();
    SignedToken<JobToken> job = nextJob();
    node.send(
        new Fault(Fault.REFUSED, "the order has expired by my clock", job.digest().base64Url()));
    assertThat(bench.done(byToken).detail()).isEqualTo("the order has expired by my clock");
  }

  @Test
  void olderStatesAndStatesAfterTheEndChangeNothing() throws Exception {
    String id = submit();
    nextJob();
    run(id);
    state(id, 1, "accepted");
    node.next(JobAck.class);
    assertThat(bench.coordinator.job(id).state()).isEqualTo("running");
  }

  @Test
  void aJobThatNobodyHasYetIsCancelledAtOnceOrExpires() throws Exception {
    bench.disconnect(node);
    String cancelled = submit();
    bench.coordinator.cancel(bench.coordinator.job(cancelled), "changed my mind");
    assertThat(bench.coordinator.job(cancelled).state()).isEqualTo("cancelled");
    String expired = submit();
    bench.time.pass(Duration.ofHours(2));
    assertThat(bench.done(expired).state()).isEqualTo("expired");
    node.events.clear();
    bench.connect(node);
    submit();
    assertThat(nextJob().token().id()).isNotIn(cancelled, expired);
  }

  @Test
  void aRunningJobIsCancelledThroughItsNodeAlsoLater() throws Exception {
    String id = submit();
    SignedToken<JobToken> job = nextJob();
    run(id);
    bench.disconnect(node);
    bench.coordinator.cancel(bench.coordinator.job(id), "enough");
    node.events.clear();
    node.jobs = List.of(new RunningJob(id, 2, "running"));
    bench.connect(node);
    assertThat(node.next(FromCoordinator.JobCancel.class).reason()).isEqualTo("enough");
    node.next(JobOutputGet.class);
    node.next(JobOutputGet.class);
    node.send(result(job, NOTHING));
    node.next(JobAck.class);
    assertThat(bench.done(id).end()).isPresent();
  }

  @Test
  void aJobThatItsNodeForgotIsLostUntilItsEndComesAfterAll() throws Exception {
    String id = submit();
    SignedToken<JobToken> job = nextJob();
    run(id);
    bench.disconnect(node);
    node.events.clear();
    bench.connect(node);
    assertThat(bench.done(id).state()).isEqualTo(JobOrder.LOST);
    node.send(result(job, NOTHING));
    node.next(JobAck.class);
    Bench.await(() -> bench.coordinator.job(id).state().equals("exited"));
  }

  @Test
  void aRestartForgetsNoJobAndOutputGoesOnWhereItWas() throws Exception {
    String running = submit();
    SignedToken<JobToken> job = nextJob();
    run(running);
    output(running, 0, "hel".getBytes(UTF_8));
    bench.stop();
    node.events.clear();
    node.jobs = List.of(new RunningJob(running, 2, "running"));
    bench.start();
    node.nextWelcome();
    assertThat(node.next(JobOutputGet.class).offset()).isEqualTo(3);
    node.next(JobOutputGet.class);
    output(running, 3, "lo\n".getBytes(UTF_8));
    node.send(result(job, HELLO));
    node.next(JobAck.class);
    assertThat(bench.done(running).state()).isEqualTo("exited");
  }

  @Test
  void aThousandQueuedJobsComeAFewAtATimeInTheirOrder() throws Exception {
    bench.disconnect(node);
    Set<String> left = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      left.add(submit());
    }
    node.events.clear();
    bench.connect(node);
    int unanswered = 0;
    while (!left.isEmpty()) {
      String id = nextJob().token().id();
      assertThat(left.remove(id)).isTrue();
      unanswered++;
      if (unanswered == 16 || left.isEmpty()) {
        assertThat(node.events).isEmpty();
      }
      if (unanswered == 16) {
        state(id, 1, "accepted");
        node.next(JobAck.class);
        unanswered--;
      }
    }
    assertThat(bench.coordinator.jobs().list(2000)).hasSize(1000);
  }
}
