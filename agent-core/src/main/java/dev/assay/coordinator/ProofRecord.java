package dev.assay.coordinator;

import dev.assay.token.ChallengeToken;
import dev.assay.token.CommitmentToken;
import dev.assay.token.OpeningToken;
import dev.assay.token.ProofChain;
import dev.assay.token.ReceiptToken;
import dev.assay.token.RefusalToken;
import dev.assay.token.ResultToken;
import dev.assay.token.SignedToken;
import dev.assay.token.Tokens;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A proof as the coordinator keeps it.
 *
 * @param id the challenge's {@code jti}
 * @param created seconds since 1970
 * @param note why it is void, empty otherwise
 */
public record ProofRecord(String id, long created, State state, ProofChain chain, String note) {
  /** How far a proof has come. */
  public enum State {
    /** Waiting for the commitment. */
    CHALLENGED,
    /** The receipt is issued; waiting for the opening. */
    COMMITTED,
    PASSED,
    FAILED,
    REFUSED,
    /** Nobody's fault: the coordinator lost the time that it should have witnessed. */
    VOID;

    /** The state as it is written. */
    public String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether nothing follows. */
    public boolean isFinal() {
      return this != CHALLENGED && this != COMMITTED;
    }
  }

  /** The node's key id. */
  public String node() {
    return chain.node().value();
  }

  /** The device that is asked. */
  public String device() {
    return chain.challenge().token().device();
  }

  /** Why it did not pass, or empty. */
  public String reason() {
    return chain
        .result()
        .map(result -> result.token().reason())
        .or(() -> chain.refusal().map(refusal -> refusal.token().reason()))
        .orElse(note);
  }

  /**
   * Builds the chain from the compact forms that are there; each was checked before it was stored.
   */
  static ProofChain chain(
      String challenge,
      Optional<String> commitment,
      Optional<String> refusal,
      Optional<String> receipt,
      Optional<String> opening,
      Optional<String> result) {
    ProofChain chain = ProofChain.of(Tokens.parse(challenge, ChallengeToken.class));
    for (SignedToken<?> token :
        Stream.<Optional<? extends SignedToken<?>>>of(
                commitment.map(text -> Tokens.parse(text, CommitmentToken.class)),
                refusal.map(text -> Tokens.parse(text, RefusalToken.class)),
                receipt.map(text -> Tokens.parse(text, ReceiptToken.class)),
                opening.map(text -> Tokens.parse(text, OpeningToken.class)),
                result.map(text -> Tokens.parse(text, ResultToken.class)))
            .flatMap(Optional::stream)
            .toList()) {
      chain = chain.with(token);
    }
    return chain;
  }
}
