package dev.assay.daemon;

import dev.assay.job.JobId;
import dev.assay.job.JobState;
import dev.assay.proof.Proof;
import dev.assay.token.ResultToken;
import dev.assay.wire.Availability;
import java.time.Duration;
import java.util.OptionalLong;

/** Something that the agent did or met, for the person who watches it. */
public sealed interface AgentEvent {
  /** A session with the coordinator of this name stands. */
  record Connected(String coordinator) implements AgentEvent {}

  /** The session, or an attempt at one, has ended. */
  record Disconnected(String reason, Duration retryIn) implements AgentEvent {}

  /** Work on a proof begins; after a restart it may begin again. */
  record ProofBegun(String device, Proof proof, long deadlineMs) implements AgentEvent {}

  /** A challenge was declined, with the sentence that the refusal carries. */
  record ProofDeclined(String device, Proof proof, String reason) implements AgentEvent {}

  /** The commitment is logged and sent. */
  record ProofCommitted(String device, Proof proof, Duration took) implements AgentEvent {}

  /** The opening is logged and sent. */
  record ProofOpened(String device, Proof proof, Duration took, long bytes) implements AgentEvent {}

  /**
   * The coordinator has judged a proof.
   *
   * @param witnessedMs by the coordinator's clock, if it came to a receipt
   */
  record ProofJudged(String device, Proof proof, ResultToken result, OptionalLong witnessedMs)
      implements AgentEvent {}

  /** A job has come to a state. */
  record JobChanged(JobId id, JobState state) implements AgentEvent {}

  /** New work is let in from now on, or no longer is, as the owner said. */
  record AvailabilityChanged(Availability now) implements AgentEvent {}

  /** A message of the coordinator's was rejected. */
  record Rejected(String reason) implements AgentEvent {}

  /** The coordinator answered something of this node's with an error. */
  record Complaint(String sentence) implements AgentEvent {}

  /** Something of this machine does not work; one sentence. */
  record Trouble(String sentence) implements AgentEvent {}
}
