package dev.assay.daemon;

import dev.assay.crypto.KeyId;
import dev.assay.crypto.PublicKey;
import dev.assay.job.JobId;
import dev.assay.job.JobRecord;
import dev.assay.job.JobSpec;
import dev.assay.job.OwnerPolicy;
import dev.assay.job.Refusal;
import dev.assay.job.Resources;
import dev.assay.json.StrictJson;
import dev.assay.runtime.JobRuntime;
import dev.assay.token.JobToken;
import dev.assay.token.SignedToken;
import dev.assay.token.TokenException;
import dev.assay.token.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether a job token is one for this node at this time, and whether its owner lets it run. */
final class JobRules {
  /** How long a job token may be valid. Records of jobs are kept for longer than that. */
  static final Duration MAX_VALIDITY = Duration.ofDays(7);

  private final KeyId node;
  private final PublicKey coordinator;
  private final ChallengerTime time;
  private final OwnerPolicy policy;
  private final Platform platform;
  private final JobRuntime runtime;
  private final WorkGate gate;

  JobRules(AgentBase base, WorkGate gate) {
    this.node = base.node();
    this.coordinator = base.parts().coordinator().key();
    this.time = base.memory().time();
    this.policy = base.parts().jobPolicy();
    this.platform = base.platform();
    this.runtime = base.parts().runtime();
    this.gate = gate;
  }

  /** Reads a token that the coordinator has signed for this node. */
  SignedToken<JobToken> read(String compact) throws RejectedException {
    SignedToken<JobToken> token;
    try {
      token = Tokens.verify(compact, JobToken.class, coordinator);
    } catch (TokenException e) {
      throw RejectedException.malformed(e);
    }
    if (!token.token().subject().equals(node)) {
      throw RejectedException.refused(
          "the job is for the node " + token.token().subject() + ", this is " + node);
    }
    return token;
  }

  /** The name under which the journal keeps it. */
  JobId id(JobToken token) throws RejectedException {
    try {
      return new JobId(token.id());
    } catch (IllegalArgumentException e) {
      throw RejectedException.malformed(e);
    }
  }

  /** Throws unless the token may begin a job now. */
  void checkTimes(JobToken token) throws RejectedException {
    Instant expiry = Instant.ofEpochSecond(token.expiresAt());
    if (isExpired(token)) {
      throw RejectedException.refused(
          "the job expired at %s and here it is %s; if that is not the time, set the node's clock"
              .formatted(expiry, time.now()));
    }
    if (time.isImplausible(token.issuedAt()) || time.isTooFar(expiry, MAX_VALIDITY)) {
      throw RejectedException.refused(
          "the job's token is valid until %s, more than %d days from now"
              .formatted(expiry, MAX_VALIDITY.toDays()));
    }
  }

  boolean isExpired(JobToken token) {
    return time.isPast(Instant.ofEpochSecond(token.expiresAt()));
  }

  /** Why the job is not taken on, if it is not; the reason names the owner's setting. */
  Optional<Refusal> refusal(JobToken token, List<JobRecord> others) {
    Optional<Refusal> shut = gate.refusal();
    if (shut.isPresent()) {
      return shut;
    }
    JobSpec spec;
    try {
      spec = spec(token);
    } catch (IllegalArgumentException e) {
      return Optional.of(new Refusal("spec", e.getMessage()));
    }
    Optional<Refusal> leased = leased(spec, others);
    if (leased.isPresent()) {
      return leased;
    }
    Resources inUse =
        others.stream()
            .filter(job -> !job.state().isFinal())
            .map(job -> spec(job).resources())
            .reduce(Resources.NONE, Resources::plus);
    return policy.refusal(spec, platform.resources(), inUse).or(() -> runtime.refusal(spec));
  }

  /** A device is one job's alone, until that has ended with all that it left. */
  private static Optional<Refusal> leased(JobSpec spec, List<JobRecord> others) {
    for (JobRecord job : others) {
      if (!spec.gpus().isEmpty() && !job.state().isFinal()) {
        List<String> taken = spec(job).gpus();
        Optional<String> both = spec.gpus().stream().filter(taken::contains).findFirst();
        if (both.isPresent()) {
          return Optional.of(
              new Refusal(
                  "containers.gpus", "the device " + both.get() + " is leased to " + job.id()));
        }
      }
    }
    return Optional.empty();
  }

  private static JobSpec spec(JobRecord job) {
    return spec(Tokens.parse(job.token(), JobToken.class).token());
  }

  /** The specification in a token. */
  static JobSpec spec(JobToken token) {
    return JobSpec.parse(StrictJson.object(token.spec(), "spec"));
  }
}
