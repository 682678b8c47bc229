package dev.assay.audit;

import dev.assay.crypto.Digest;
import dev.assay.token.ChainFault;
import dev.assay.token.ChallengeToken;
import dev.assay.token.CommitmentToken;
import dev.assay.token.OpeningToken;
import dev.assay.token.ProofChain;
import dev.assay.token.ReceiptToken;
import dev.assay.token.RefusalToken;
import dev.assay.token.ResultToken;
import dev.assay.token.SignedToken;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts each token into the proof that it belongs to and checks its place there. A proof that has
 * ended, or that {@link #MAX_OPEN} newer ones have left behind, is handed on and forgotten but for
 * its digests.
 */
final class ProofReplay {
  /** More proofs than this are never open at one time in an honest log. */
  private static final int MAX_OPEN = 4096;

  private final Findings findings;
  private final ProofJudge judge;

  /** Every token of every proof, by its digest, to the number of the proof. */
  private final DigestIndex tokens = new DigestIndex();

  private final DigestIndex nonces = new DigestIndex();
  private final Map<Long, ProofChain> open = new LinkedHashMap<>();

  /** Open proofs with a token of a signer whose key was not given: nothing is credited for them. */
  private final Set<Long> unverified = new HashSet<>();

  /** Open proofs that have failed by a contradiction already. */
  private final Set<Long> contradicted = new HashSet<>();

  private long proofs;
  private long receiptsAlone;

  ProofReplay(Findings findings, ProofJudge judge) {
    this.findings = findings;
    this.judge = judge;
  }

  void challenge(long index, SignedToken<ChallengeToken> challenge, boolean verified) {
    if (isRepeated(index, challenge)) {
      return;
    }
    long number = proofs++;
    long before = nonces.put(Digest.of(challenge.token().nonce().bytes()).bytes(), number);
    if (before != DigestIndex.ABSENT) {
      findings.broken("entry " + index, "its nonce was used before, by another challenge");
    }
    tokens.put(challenge.digest().bytes(), number);
    open.put(number, ProofChain.of(challenge));
    if (!verified) {
      unverified.add(number);
    }
    if (open.size() > MAX_OPEN) {
      Iterator<Map.Entry<Long, ProofChain>> oldest = open.entrySet().iterator();
      Map.Entry<Long, ProofChain> left = oldest.next();
      judge.unfinished(left.getValue());
      oldest.remove();
      unverified.remove(left.getKey());
      contradicted.remove(left.getKey());
    }
  }

  /** A token that follows the one with digest {@code before}. */
  void next(long index, SignedToken<?> token, Digest before, boolean verified) {
    if (isRepeated(index, token)) {
      return;
    }
    String place = "entry " + index;
    long number = tokens.get(before.bytes());
    if (number == DigestIndex.ABSENT) {
      orphan(place, token);
      return;
    }
    tokens.put(token.digest().bytes(), number);
    ProofChain chain = open.get(number);
    if (chain == null) {
      findings.broken(place, name(token) + " of a proof that had ended");
      return;
    }
    Optional<ChainFault> fault = chain.fault(token);
    if (fault.isPresent()) {
      findings.broken(place, name(token) + " has no place in its proof: " + fault.get().reason());
      if (fault.get().kind() == ChainFault.Kind.CONTRADICTION && contradicted.add(number)) {
        judge.contradicted(chain, fault.get().reason());
      }
      return;
    }
    if (!verified) {
      unverified.add(number);
    }
    ProofChain longer = chain.with(token);
    open.put(number, longer);
    if (longer.result().isPresent()) {
      close(index, number, longer);
    }
  }

  private void close(long index, long number, ProofChain chain) {
    open.remove(number);
    boolean doubtful = unverified.remove(number);
    if (contradicted.remove(number)) {
      return;
    }
    if (doubtful) {
      judge.unfinished(chain);
    } else {
      judge.ended(index, chain);
    }
  }

  /** Hands on what never ended. */
  void end() {
    open.values().forEach(judge::unfinished);
    if (receiptsAlone > 0) {
      findings.note(
          "log",
          receiptsAlone + " tokens follow tokens that are not in this log; look into the node's");
    }
  }

  /**
   * A challenger need not keep what nodes answered (tokens.md §2): its receipts and results may
   * stand alone.
   */
  private void orphan(String place, SignedToken<?> token) {
    boolean mayStandAlone =
        switch (token.token()) {
          case ReceiptToken receipt -> judge.isChallengersLog();
          case ResultToken result -> judge.isChallengersLog();
          default -> false;
        };
    if (mayStandAlone) {
      receiptsAlone++;
    } else {
      findings.broken(place, name(token) + " follows a token that is not in the log before it");
    }
  }

  private boolean isRepeated(long index, SignedToken<?> token) {
    boolean repeated = tokens.get(token.digest().bytes()) != DigestIndex.ABSENT;
    if (repeated) {
      findings.note("entry " + index, "the same " + name(token) + " stands in the log before");
    }
    return repeated;
  }

  private static String name(SignedToken<?> token) {
    return switch (token.token()) {
      case ChallengeToken t -> "challenge";
      case CommitmentToken t -> "commitment";
      case RefusalToken t -> "refusal";
      case ReceiptToken t -> "receipt";
      case OpeningToken t -> "opening";
      case ResultToken t -> "result";
      default -> token.token().typ();
    };
  }
}
