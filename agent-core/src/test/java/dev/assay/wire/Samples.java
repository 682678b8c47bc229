package dev.assay.wire;

import dev.assay.crypto.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One or more messages of every type, with and without what may be absent. */
final class Samples {
  private static final String TOKEN = Loopback.TOKEN;
  private static final Digest DIGEST = Digest.of(new byte[] {1});
  private static final Bytes DATA = Bytes.of("output\n".getBytes(StandardCharsets.UTF_8));

  private static final Availability PAUSED =
      new Availability(Availability.State.PAUSED, OptionalLong.of(1_795_334_400));

  static final List<FromNode> FROM_NODE =
      List.of(
          new Heartbeat(),
          new Fault("not-found", "there is no job of this id", "job-1"),
          new Fault("internal", "the disk is full"),
          new FromNode.Enrol(Secret.of(new byte[Secret.SIZE])),
          Loopback.hello(Loopback.NODE, 12),
          paused(Loopback.hello(Loopback.NODE, 12)),
          new FromNode.AvailabilityChange(Availability.OPEN),
          new FromNode.AvailabilityChange(Availability.DRAINING),
          new FromNode.AvailabilityChange(PAUSED),
          new FromNode.Commitment(TOKEN),
          new FromNode.Refusal(TOKEN),
          new FromNode.Opening(TOKEN),
          new FromNode.BlobData(DIGEST, 65_536, 70_000, DATA),
          new FromNode.BlobData(DIGEST, 0, Limits.CHUNK_BYTES, chunk()),
          new FromNode.AddCheckpoint("old 0\n\nassay.dev/node/x\n1\nAAAA\n\n— x y\n"),
          new FromNode.JobState("job-1", 2, "running", Optional.empty()),
          new FromNode.JobState("job-1", 1, "refused", Optional.of("jobs.memory allows 1 GiB")),
          new FromNode.JobOutput("job-1", JobStream.STDOUT, 0, DATA),
          new FromNode.JobOutput(
              "job-1", JobStream.STDERR, Limits.MAX_INTEGER, Bytes.of(new byte[0])),
          new FromNode.JobOutputEnd("job-1", JobStream.STDERR, 7, DIGEST),
          new FromNode.JobResult("job-1", 5, Optional.of(TOKEN), TOKEN, Optional.empty()),
          new FromNode.JobResult(
              "job-1", 3, Optional.empty(), TOKEN, Optional.of("failed to start: no such image")));

  static final List<FromCoordinator> FROM_COORDINATOR =
      List.of(
          new Heartbeat(),
          new Fault("unknown-type", "this side knows no message of type \"x\"", "x"),
          new FromCoordinator.Enrolled("coordinator"),
          new FromCoordinator.Welcome(1, "3f", 10, 30, "coordinator", "assay 0.1.0", 0),
          new FromCoordinator.Challenge(TOKEN),
          new FromCoordinator.Receipt(TOKEN),
          new FromCoordinator.Result(TOKEN),
          new FromCoordinator.BlobGet(DIGEST, 0, Limits.CHUNK_BYTES),
          new FromCoordinator.Cosigned(12, "— witness c2lnbmF0dXJl\n"),
          new FromCoordinator.CosignRefused(9, "conflict", "the proof starts at 8, expected 9"),
          new FromCoordinator.Job(TOKEN),
          new FromCoordinator.JobCancel("job-1", "its owner asked"),
          new FromCoordinator.JobOutputGet("job-1", JobStream.STDOUT, 0),
          new FromCoordinator.JobOutputAck("job-1", JobStream.STDOUT, 65_536),
          new FromCoordinator.JobAck("job-1", 5),
          new FromCoordinator.Goodbye("the coordinator stops", 1));

  private Samples() {}

  private static FromNode.Hello paused(FromNode.Hello hello) {
    return new FromNode.Hello(
        hello.version(),
        hello.node(),
        hello.bootEpoch(),
        hello.agentVersion(),
        hello.platform(),
        hello.devices(),
        hello.jobs(),
        hello.checkpoint(),
        PAUSED);
  }

  private static Bytes chunk() {
    byte[] bytes = new byte[Limits.CHUNK_BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return Bytes.of(bytes);
  }
}
