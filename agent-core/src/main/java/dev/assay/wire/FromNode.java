package dev.assay.wire;

import dev.assay.crypto.Digest;
import dev.assay.crypto.KeyId;
import dev.assay.json.JsonException;
import java.util.List;
import java.util.Optional;

/** What a node sends. Tokens travel in compact form, exactly as they are signed. */
public sealed interface FromNode extends Message
    permits Fault,
        Heartbeat,
        FromNode.Enrol,
        FromNode.Hello,
        FromNode.AvailabilityChange,
        FromNode.Commitment,
        FromNode.Refusal,
        FromNode.Opening,
        FromNode.BlobData,
        FromNode.AddCheckpoint,
        FromNode.JobState,
        FromNode.JobOutput,
        FromNode.JobOutputEnd,
        FromNode.JobResult {

  /** Asks that the key of this connection be enrolled, once, against a join token's secret. */
  record Enrol(Secret secret) implements FromNode {}

  /**
   * Opens a session: who the node is and how things stand with it.
   *
   * @param version the highest protocol version that the node speaks
   * @param node the node's key id; it must be that of the connection's certificate
   * @param bootEpoch grows by one at each start of the node; the higher one owns the session
   * @param agentVersion the agent's name and version, for people
   * @param platform the platform evidence token
   * @param devices ids of the devices that can be challenged
   * @param jobs the jobs that the coordinator has not acknowledged to the end
   * @param checkpoint the log's latest checkpoint, a signed note
   * @param availability whether the node takes on new work
   */
  record Hello(
      int version,
      KeyId node,
      long bootEpoch,
      String agentVersion,
      String platform,
      List<String> devices,
      List<RunningJob> jobs,
      String checkpoint,
      Availability availability)
      implements FromNode {
    /** Checks each value. */
    public Hello {
      Check.integer("hello.version", version, 1, 1000);
      Check.count("hello.bootEpoch", bootEpoch);
      Check.text("hello.agentVersion", agentVersion, 1, Limits.NAME_LENGTH);
      Check.token("hello.platform", platform);
      devices = Check.list("hello.devices", devices, Limits.DEVICES);
      devices.forEach(device -> Check.id("hello.devices", device));
      Check.distinct("hello.devices", devices);
      jobs = Check.list("hello.jobs", jobs, Limits.JOBS);
      Check.distinct("hello.jobs", jobs.stream().map(RunningJob::id).toList());
      Check.text("hello.checkpoint", checkpoint, 1, Limits.NOTE_LENGTH);
    }
  }

  /** From now on new work is taken on, or no longer is; a session begins as its hello says. */
  record AvailabilityChange(Availability now) implements FromNode {}

  /** The commitment token that answers a challenge. */
  record Commitment(String token) implements FromNode {
    /** Checks the token's form. */
    public Commitment {
      Check.token("commitment.token", token);
    }
  }

  /** The refusal token that answers a challenge. */
  record Refusal(String token) implements FromNode {
    /** Checks the token's form. */
    public Refusal {
      Check.token("refusal.token", token);
    }
  }

  /** The opening token that answers a receipt; the coordinator then fetches its blob. */
  record Opening(String token) implements FromNode {
    /** Checks the token's form. */
    public Opening {
      Check.token("opening.token", token);
    }
  }

  /**
   * A piece of a blob that was asked for.
   *
   * @param size bytes of the whole blob
   */
  record BlobData(Digest sha256, long offset, long size, Bytes data) implements FromNode {
    /** Checks each value, and that the piece lies within the blob. */
    public BlobData {
      Check.count("blob-data.size", size);
      Check.chunk("blob-data.data", data);
      Check.integer("blob-data.offset", offset, 0, size);
      if (data.size() > size - offset) {
        throw new JsonException("blob-data.data", "reaches beyond the blob's size");
      }
    }
  }

  /** Asks for a cosignature; the body is that of tlog-witness' add-checkpoint. */
  record AddCheckpoint(String body) implements FromNode {
    /** Checks the body's length. */
    public AddCheckpoint {
      Check.text("add-checkpoint.body", body, 1, Limits.ADD_CHECKPOINT_LENGTH);
    }
  }

  /**
   * A job has come to a state; answered by {@code job-ack}.
   *
   * @param detail one sentence, such as why the owner's policy refuses the job
   */
  record JobState(String id, long revision, String state, Optional<String> detail)
      implements FromNode {
    /** Checks each value. */
    public JobState {
      Check.jobId("job-state.id", id);
      Check.count("job-state.revision", revision);
      Check.word("job-state.state", state);
      detail.ifPresent(text -> Check.sentence("job-state.detail", text));
    }
  }

  /** What a job wrote, from {@code offset} of the stream. */
  record JobOutput(String id, JobStream stream, long offset, Bytes data) implements FromNode {
    /** Checks each value. */
    public JobOutput {
      Check.jobId("job-output.id", id);
      Check.count("job-output.offset", offset);
      Check.chunk("job-output.data", data);
    }
  }

  /** The stream has ended; it was {@code length} bytes with this digest. */
  record JobOutputEnd(String id, JobStream stream, long length, Digest sha256) implements FromNode {
    /** Checks each value. */
    public JobOutputEnd {
      Check.jobId("job-output-end.id", id);
      Check.count("job-output-end.length", length);
    }
  }

  /**
   * A job's end; sent again until {@code job-ack} answers it.
   *
   * @param start the job-start token, absent if the job never started
   * @param end the job-end token
   * @param detail how it ended, for people; no part of what is signed
   */
  record JobResult(
      String id, long revision, Optional<String> start, String end, Optional<String> detail)
      implements FromNode {
    /** Checks each value. */
    public JobResult {
      Check.jobId("job-result.id", id);
      Check.count("job-result.revision", revision);
      start.ifPresent(token -> Check.token("job-result.start", token));
      Check.token("job-result.end", end);
      detail.ifPresent(text -> Check.sentence("job-result.detail", text));
    }
  }
}
