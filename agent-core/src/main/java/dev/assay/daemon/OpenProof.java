package dev.assay.daemon;

import dev.assay.crypto.Digest;
import dev.assay.token.ChallengeToken;
import dev.assay.token.CommitmentToken;
import dev.assay.token.OpeningToken;
import dev.assay.token.ProofChain;
import dev.assay.token.ReceiptToken;
import dev.assay.token.RefusalToken;
import dev.assay.token.SignedToken;
import java.time.Instant;

/**
 * How far a proof is that has no result yet: which of its tokens are in the log. Nothing else is
 * remembered of it, so a restarted agent finds it in the log just as it was.
 */
sealed interface OpenProof {
  /** Its tokens so far. */
  ProofChain chain();

  /** Work for a commitment is going on, or has to be done again. */
  record Challenged(ProofChain chain) implements OpenProof {}

  /** The node declined; the coordinator may still say that it has noted it. */
  record Refused(ProofChain chain, SignedToken<RefusalToken> refusal) implements OpenProof {}

  /** A receipt is awaited. */
  record Committed(ProofChain chain, SignedToken<CommitmentToken> commitment)
      implements OpenProof {}

  /** The opening is being made, or has to be made again. */
  record Received(
      ProofChain chain, SignedToken<CommitmentToken> commitment, SignedToken<ReceiptToken> receipt)
      implements OpenProof {}

  /** A result is awaited. */
  record Opened(ProofChain chain, SignedToken<OpeningToken> opening) implements OpenProof {}

  /** The state that these tokens show; they hold no result. */
  static OpenProof of(ProofChain chain) {
    if (chain.opening().isPresent()) {
      return new Opened(chain, chain.opening().get());
    }
    if (chain.receipt().isPresent()) {
      return new Received(chain, chain.commitment().orElseThrow(), chain.receipt().get());
    }
    if (chain.commitment().isPresent()) {
      return new Committed(chain, chain.commitment().get());
    }
    return chain.refusal().isPresent()
        ? new Refused(chain, chain.refusal().get())
        : new Challenged(chain);
  }

  /** The proof's name: its challenge's digest. */
  default Digest id() {
    return chain().challenge().digest();
  }

  /** What began it. */
  default ChallengeToken challenge() {
    return chain().challenge().token();
  }

  /** Whether its device still has work to do for it. */
  default boolean occupies() {
    return switch (this) {
      case Challenged c -> true;
      case Committed c -> true;
      case Received r -> true;
      case Refused r -> false;
      case Opened o -> false;
    };
  }

  /** Until when something may still come of it. */
  default Instant endsBy() {
    return Instant.ofEpochSecond(
        chain()
            .receipt()
            .map(receipt -> receipt.token().expiresAt())
            .orElse(challenge().expiresAt()));
  }
}
