package dev.assay.coordinator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.token.JobToken;
import dev.assay.token.SignedToken;
import dev.assay.wire.Bytes;
import dev.assay.wire.Fault;
import dev.assay.wire.FromCoordinator;
import dev.assay.wire.FromCoordinator.JobAck;
import dev.assay.wire.FromCoordinator.JobOutputGet;
import dev.assay.wire.FromNode;
import dev.assay.wire.JobStream;
import dev.assay.wire.Limits;
import dev.assay.wire.RunningJob;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs from order to acknowledged end. */
@Timeout(60)
class JobsTest extends JobScript {
  @Test
  void anEndOfAnotherJobOrSignerOrASecondEndIsRefused() throws Exception {
    String id = submit();
    SignedToken<JobToken> job = nextJob();
    submit();
    SignedToken<JobToken> other = nextJob();
    FromNode.JobResult foreign = result(other, HELLO);
    node.send(new FromNode.JobResult(id, 4, foreign.start(), foreign.end(), Optional.empty()));
    assertThat(node.nextFault().message()).isEqualTo("the end is that of another job");
    node.send(
        new FromNode.JobResult(
            id, 4, Optional.empty(), result(job, HELLO).end(), Optional.empty()));
    assertThat(node.nextFault().message()).isEqualTo("the end is that of another start");
    node.send(new FromNode.JobResult(id, 4, Optional.empty(), job.compact(), Optional.empty()));
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
  void aHelloThatHasNoRoomForAllJobsLosesNone() throws Exception {
    String id = submit();
    nextJob();
    run(id);
    bench.disconnect(node);
    node.events.clear();
    node.jobs =
        IntStream.range(0, Limits.JOBS)
            .mapToObj(i -> new RunningJob("job-" + i, 1, "accepted"))
            .toList();
    bench.connect(node);
    node.next(JobOutputGet.class);
    assertThat(bench.coordinator.job(id).state()).isEqualTo("running");
    node.send(new Fault(Fault.NOT_FOUND, "this node has no job " + id, id));
    assertThat(bench.done(id).state()).isEqualTo(JobOrder.LOST);
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
