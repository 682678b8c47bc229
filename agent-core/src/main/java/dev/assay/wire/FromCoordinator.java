package dev.assay.wire;

import dev.assay.crypto.Digest;

/** What a coordinator sends. Tokens travel in compact form, exactly as they are signed. */
public sealed interface FromCoordinator extends Message
    permits Fault,
        Heartbeat,
        FromCoordinator.Enrolled,
        FromCoordinator.Welcome,
        FromCoordinator.Challenge,
        FromCoordinator.Receipt,
        FromCoordinator.Result,
        FromCoordinator.BlobGet,
        FromCoordinator.Cosigned,
        FromCoordinator.CosignRefused,
        FromCoordinator.Job,
        FromCoordinator.JobCancel,
        FromCoordinator.JobOutputGet,
        FromCoordinator.JobOutputAck,
        FromCoordinator.JobAck,
        FromCoordinator.Goodbye {

  /** The node's key is enrolled, durably. */
  record Enrolled(String coordinator) implements FromCoordinator {
    /** Checks the coordinator's name. */
    public Enrolled {
      Check.text("enrolled.coordinator", coordinator, 1, Limits.NAME_LENGTH);
    }
  }

  /**
   * Answers a hello: the session stands.
   *
   * @param version the protocol version of this session
   * @param session the session's id, for logs
   * @param heartbeatSeconds how often each side sends a heartbeat
   * @param leaseSeconds a side that heard nothing for so long ends the session
   * @param coordinator the coordinator's name, for people
   * @param coordinatorVersion its software and version
   * @param checkpointSize size of the node's latest log that the coordinator has cosigned, or 0
   */
  record Welcome(
      int version,
      String session,
      int heartbeatSeconds,
      int leaseSeconds,
      String coordinator,
      String coordinatorVersion,
      long checkpointSize)
      implements FromCoordinator {
    /** Checks each value. */
    public Welcome {
      Check.integer("welcome.version", version, 1, 1000);
      Check.id("welcome.session", session);
      Check.integer("welcome.heartbeatSeconds", heartbeatSeconds, 1, 3600);
      Check.integer("welcome.leaseSeconds", leaseSeconds, heartbeatSeconds + 1L, 86_400);
      Check.text("welcome.coordinator", coordinator, 1, Limits.NAME_LENGTH);
      Check.text("welcome.coordinatorVersion", coordinatorVersion, 1, Limits.NAME_LENGTH);
      Check.count("welcome.checkpointSize", checkpointSize);
    }
  }

  /** A challenge token; answered by a commitment or a refusal. */
  record Challenge(String token) implements FromCoordinator {
    /** Checks the token's form. */
    public Challenge {
      Check.token("challenge.token", token);
    }
  }

  /** The receipt token for a commitment; answered by an opening. */
  record Receipt(String token) implements FromCoordinator {
    /** Checks the token's form. */
    public Receipt {
      Check.token("receipt.token", token);
    }
  }

  /** The result token that ends a proof. */
  record Result(String token) implements FromCoordinator {
    /** Checks the token's form. */
    public Result {
      Check.token("result.token", token);
    }
  }

  /** Asks for at most {@code length} bytes of a blob, from {@code offset}. */
  record BlobGet(Digest sha256, long offset, int length) implements FromCoordinator {
    /** Checks each value. */
    public BlobGet {
      Check.count("blob-get.offset", offset);
      Check.integer("blob-get.length", length, 1, Limits.CHUNK_BYTES);
    }
  }

  /**
   * The coordinator cosigned the checkpoint.
   *
   * @param size the checkpoint's tree size
   * @param cosignatures signature lines of a note, as tlog-witness answers
   */
  record Cosigned(long size, String cosignatures) implements FromCoordinator {
    /** Checks each value. */
    public Cosigned {
      Check.count("cosigned.size", size);
      Check.text("cosigned.cosignatures", cosignatures, 1, Limits.NOTE_LENGTH);
    }
  }

  /**
   * The coordinator did not cosign the checkpoint.
   *
   * @param size the tree size that it has cosigned last; a proof must start there
   * @param code {@code conflict} if the proof starts elsewhere: ask again from {@code size}; else
   *     {@code malformed}, {@code not-signed}, {@code unknown-log} or {@code inconsistent}
   * @param message one sentence for a person
   */
  record CosignRefused(long size, String code, String message) implements FromCoordinator {
    /** Checks each value. */
    public CosignRefused {
      Check.count("cosign-refused.size", size);
      Check.word("cosign-refused.code", code);
      Check.sentence("cosign-refused.message", message);
    }
  }

  /** A signed job token; answered by {@code job-state}. */
  record Job(String token) implements FromCoordinator {
    /** Checks the token's form. */
    public Job {
      Check.token("job.token", token);
    }
  }

  /** Asks the node to end a job; answered by the job's next state. */
  record JobCancel(String id, String reason) implements FromCoordinator {
    /** Checks each value. */
    public JobCancel {
      Check.jobId("job-cancel.id", id);
      Check.sentence("job-cancel.reason", reason);
    }
  }

  /** Asks for a stream from {@code offset} on, now and as it grows. */
  record JobOutputGet(String id, JobStream stream, long offset) implements FromCoordinator {
    /** Checks each value. */
    public JobOutputGet {
      Check.jobId("job-output-get.id", id);
      Check.count("job-output-get.offset", offset);
    }
  }

  /**
   * The coordinator has the stream up to {@code offset} and wants it from there; one that differs
   * from what the node sent rewinds it.
   */
  record JobOutputAck(String id, JobStream stream, long offset) implements FromCoordinator {
    /** Checks each value. */
    public JobOutputAck {
      Check.jobId("job-output-ack.id", id);
      Check.count("job-output-ack.offset", offset);
    }
  }

  /** The coordinator has stored the job's state or result of this revision. */
  record JobAck(String id, long revision) implements FromCoordinator {
    /** Checks each value. */
    public JobAck {
      Check.jobId("job-ack.id", id);
      Check.count("job-ack.revision", revision);
    }
  }

  /**
   * The coordinator is about to close the connection in good order.
   *
   * @param retrySeconds how long the node should wait before it dials again
   */
  record Goodbye(String reason, int retrySeconds) implements FromCoordinator {
    /** Checks each value. */
    public Goodbye {
      Check.sentence("goodbye.reason", reason);
      Check.integer("goodbye.retrySeconds", retrySeconds, 0, 3600);
    }
  }
}
