package dev.assay.coordinator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.crypto.Digest;
import dev.assay.token.JobEndToken;
import dev.assay.token.JobToken;
import dev.assay.token.SignedToken;
import dev.assay.token.Tokens;
import dev.assay.wire.Bytes;
import dev.assay.wire.Fault;
import dev.assay.wire.FromCoordinator.JobAck;
import dev.assay.wire.FromCoordinator.JobOutputAck;
import dev.assay.wire.FromCoordinator.JobOutputGet;
import dev.assay.wire.FromNode;
import dev.assay.wire.JobStream;
import dev.assay.wire.NodeSession;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What jobs write: gathered whole, whatever the node sends. */
@Timeout(60)
class JobOutputsTest extends JobScript {
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
  void outputBeyondWhatIsKeptIsTakenAndDropped() throws Exception {
    String id = submit();
    nextJob();
    JobOutputs outputs = new JobOutputs(home.resolve("small"), 4);
    NodeSession session = bench.coordinator.sessions().of(node.id()).orElseThrow();
    JobOrder job = bench.coordinator.job(id);
    for (int offset = 0; offset < 6; offset += 3) {
      byte[] piece = Arrays.copyOfRange(HELLO, offset, offset + 3);
      outputs.take(
          session, job, new FromNode.JobOutput(id, JobStream.STDOUT, offset, Bytes.of(piece)));
      assertThat(node.next(JobOutputAck.class).offset()).isEqualTo(offset + 3);
    }
    assertThat(outputs.file(id, JobStream.STDOUT).path()).hasContent("hell");
    JobEndToken end =
        Tokens.parse(result(bench.coordinator.job(id).order(), HELLO).end(), JobEndToken.class)
            .token();
    assertThat(outputs.missing(session, id, end))
        .hasValue(List.of("only the first 4 bytes of stdout were kept"));
  }
}
