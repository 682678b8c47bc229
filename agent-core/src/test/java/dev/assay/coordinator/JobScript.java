package dev.assay.coordinator;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assay.crypto.Digest;
import dev.assay.job.JobSpec;
import dev.assay.job.Resources;
import dev.assay.token.JobEndToken;
import dev.assay.token.JobEndToken.Output;
import dev.assay.token.JobStartToken;
import dev.assay.token.JobToken;
import dev.assay.token.SignedToken;
import dev.assay.token.Tokens;
import dev.assay.wire.Bytes;
import dev.assay.wire.FromCoordinator;
import dev.assay.wire.FromCoordinator.JobAck;
import dev.assay.wire.FromCoordinator.JobOutputAck;
import dev.assay.wire.FromCoordinator.JobOutputGet;
import dev.assay.wire.FromNode;
import dev.assay.wire.JobStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What tests of jobs share: a coordinator, a node, and what the node says of a job. */
@Timeout(60)
abstract class JobScript {
  static final Duration HOUR = Duration.ofHours(1);
  static final byte[] HELLO = "hello\n".getBytes(UTF_8);
  static final byte[] NOTHING = {};
  static final JobSpec SPEC =
      JobSpec.process(
          List.of("echo", "hello"),
          Map.of(),
          new Resources(256 << 20, 1000, 64),
          Duration.ofMinutes(1),
          Duration.ofSeconds(5),
          Optional.empty());

  @TempDir Path home;
  Bench bench;
  ScriptedNode node;

  @BeforeEach
  void start() throws Exception {
    bench = new Bench(home);
    node = bench.node(2);
  }

  @AfterEach
  void stop() throws Exception {
    bench.close();
  }

  String submit() throws Exception {
    return bench.coordinator.submit(node.id(), SPEC, HOUR);
  }

  SignedToken<JobToken> nextJob() throws Exception {
    return Tokens.parse(node.next(FromCoordinator.Job.class).token(), JobToken.class);
  }

  void state(String id, long revision, String state) {
    node.send(new FromNode.JobState(id, revision, state, Optional.empty()));
  }

  FromNode.JobResult result(SignedToken<JobToken> job, byte[] stdout) {
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
                Optional.empty(),
                Optional.empty(),
                OptionalInt.of(3),
                OptionalInt.empty(),
                new Output(stdout.length, Digest.of(stdout)),
                new Output(0, Digest.of(NOTHING)),
                OptionalLong.of(5),
                6));
    return new FromNode.JobResult(
        job.token().id(), 4, Optional.of(start.compact()), end.compact(), Optional.empty());
  }

  long output(String id, long offset, byte[] data) throws Exception {
    node.send(new FromNode.JobOutput(id, JobStream.STDOUT, offset, Bytes.of(data)));
    return node.next(JobOutputAck.class).offset();
  }

  JobAck run(String id) throws Exception {
    state(id, 1, "accepted");
    node.next(JobAck.class);
    state(id, 2, "running");
    JobAck ack = node.next(JobAck.class);
    node.next(JobOutputGet.class);
    node.next(JobOutputGet.class);
    return ack;
  }

  byte[] stdout(String id) throws Exception {
    return Files.readAllBytes(bench.coordinator.outputs().file(id, JobStream.STDOUT).path());
  }
}
