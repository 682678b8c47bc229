package dev.assay.job;

import java.util.Optional;

/**
 * One job as the journal holds it.
 *
 * @param token the signed job token as it came; empty only if the file of it was damaged
 * @param startToken the digest of the node's token of its start, once there is one
 * @param endToken the digest of the node's token of its end, once there is one
 * @param acknowledged whether the coordinator has confirmed that it knows the final state
 */
public record JobRecord(
    JobId id,
    String token,
    JobState state,
    Optional<String> startToken,
    Optional<String> endToken,
    boolean acknowledged) {

  JobRecord withState(JobState next) {
    return new JobRecord(id, token, next, startToken, endToken, acknowledged);
  }

  JobRecord withStartToken(String digest) {
    return new JobRecord(id, token, state, Optional.of(digest), endToken, acknowledged);
  }

  JobRecord withEndToken(String digest) {
    return new JobRecord(id, token, state, startToken, Optional.of(digest), acknowledged);
  }

  JobRecord asAcknowledged() {
    return new JobRecord(id, token, state, startToken, endToken, true);
  }
}
