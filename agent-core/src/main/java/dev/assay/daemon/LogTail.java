package dev.assay.daemon;

import dev.assay.crypto.Digest;
import dev.assay.crypto.KeyId;
import dev.assay.log.store.LogStore;
import dev.assay.token.ChainFault;
import dev.assay.token.ChallengeToken;
import dev.assay.token.CommitmentToken;
import dev.assay.token.JobEndToken;
import dev.assay.token.JobStartToken;
import dev.assay.token.JobToken;
import dev.assay.token.OpeningToken;
import dev.assay.token.PlatformToken;
import dev.assay.token.ProofChain;
import dev.assay.token.ReceiptToken;
import dev.assay.token.RefusalToken;
import dev.assay.token.ResultToken;
import dev.assay.token.SignedToken;
import dev.assay.token.Tokens;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the end of the node's own log says of things that may still go on: open proofs, nonces that
 * must not be used again, and which tokens of jobs are logged already.
 *
 * <p>Reading goes back no further than anything can still matter: to where the coordinator's tokens
 * are older, by the coordinator's own times, than the longest validity and a margin.
 */
final class LogTail {
  private static final long REACH_SECONDS = ChallengerTime.HORIZON.multipliedBy(3).toSeconds();

  private final KeyId coordinator;
  private final Deque<SignedToken<?>> tokens = new ArrayDeque<>();
  private final Map<Digest, ProofChain> open = new LinkedHashMap<>();
  private final Set<Digest> jobTokens = new HashSet<>();

  private LogTail(KeyId coordinator) {
    this.coordinator = coordinator;
  }

  /** Reads the end of {@code log}. */
  static LogTail read(LogStore log, KeyId coordinator) throws IOException {
    LogTail tail = new LogTail(coordinator);
    tail.collect(log);
    tail.replay();
    return tail;
  }

  /** Whether this token of a job is in the log. */
  boolean hasJobToken(Digest digest) {
    return jobTokens.contains(digest);
  }

  /** What was known when the log was last written. */
  ProofMemory memory(KeyId node, InstantSource clock) {
    ProofMemory memory = ProofMemory.empty(node, clock);
    for (SignedToken<?> token : tokens) {
      if (token.token().issuer().equals(coordinator)) {
        memory.time().witnessed(token.token().issuedAt());
      }
    }
    for (SignedToken<?> token : tokens) {
      if (token.token() instanceof ChallengeToken challenge && isTheirs(challenge)) {
        memory.rules().accepted(challenge);
      }
    }
    open.values().forEach(memory.open()::put);
    memory.open().forgetOld(memory.time().now());
    return memory;
  }

  private void collect(LogStore log) throws IOException {
    long newest = Long.MIN_VALUE;
    for (long index = log.size() - 1; index >= 0; index--) {
      if (!(Tokens.parse(log.entry(index)) instanceof SignedToken<?> signed)) {
        continue;
      }
      if (signed.token().issuer().equals(coordinator)) {
        newest = Math.max(newest, signed.token().issuedAt());
        if (signed.token().issuedAt() < newest - REACH_SECONDS) {
          return;
        }
      }
      keep(signed);
    }
  }

  private void keep(SignedToken<?> signed) {
    switch (signed.token()) {
      case ChallengeToken c -> tokens.addFirst(signed);
      case CommitmentToken c -> tokens.addFirst(signed);
      case RefusalToken r -> tokens.addFirst(signed);
      case ReceiptToken r -> tokens.addFirst(signed);
      case OpeningToken o -> tokens.addFirst(signed);
      case ResultToken r -> tokens.addFirst(signed);
      case JobStartToken j -> jobTokens.add(signed.digest());
      case JobEndToken j -> jobTokens.add(signed.digest());
      case PlatformToken p -> {}
      case JobToken j -> {}
    }
  }

  private void replay() {
    for (SignedToken<?> signed : tokens) {
      if (!(signed.token() instanceof ChallengeToken challenge)) {
        follow(signed);
      } else if (isTheirs(challenge)) {
        SignedToken<ChallengeToken> begun = Tokens.parse(signed.compact(), ChallengeToken.class);
        open.put(begun.digest(), ProofChain.of(begun));
      }
    }
  }

  /** A proof ends with its result, or with the second word of a coordinator against its first. */
  private void follow(SignedToken<?> signed) {
    for (ProofChain chain : List.copyOf(open.values())) {
      Optional<ChainFault.Kind> fault = chain.fault(signed).map(ChainFault::kind);
      boolean ends =
          fault.isEmpty()
              ? signed.token() instanceof ResultToken
              : fault.get() == ChainFault.Kind.CONTRADICTION;
      if (ends) {
        open.remove(chain.challenge().digest());
      } else if (fault.isEmpty()) {
        open.put(chain.challenge().digest(), chain.with(signed));
      }
    }
  }

  private boolean isTheirs(ChallengeToken challenge) {
    return challenge.issuer().equals(coordinator) && !challenge.selfTest();
  }
}
