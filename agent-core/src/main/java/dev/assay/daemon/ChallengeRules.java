package dev.assay.daemon;

import dev.assay.crypto.KeyId;
import dev.assay.token.ChallengeToken;
import java.time.Instant;

/**
 * Whether a challenge is one for this node at this time, and fresh. What breaks these rules is not
 * logged: it is no challenge to this node.
 */
final class ChallengeRules {
  private final KeyId node;
  private final ChallengerTime time;
  private final SeenNonces nonces;

  ChallengeRules(KeyId node, ChallengerTime time, SeenNonces nonces) {
    this.node = node;
    this.time = time;
    this.nonces = nonces;
  }

  /** Throws with the first rule that it breaks. */
  void check(ChallengeToken challenge) throws RejectedException {
    if (!challenge.subject().equals(node)) {
      throw RejectedException.refused(
          "the challenge is for the node " + challenge.subject() + ", this is " + node);
    }
    Instant now = time.now();
    Instant expiry = Instant.ofEpochSecond(challenge.expiresAt());
    if (time.isPast(expiry)) {
      throw RejectedException.refused(
          "the challenge expired at %s and here it is %s; if that is not the time, set the node's clock"
              .formatted(expiry, now));
    }
    if (time.isImplausible(challenge.issuedAt()) || time.isTooFar(expiry, ChallengerTime.HORIZON)) {
      throw RejectedException.refused(
          "the challenge is valid until %s, more than a day from %s, which is the time here; if that"
                  .formatted(expiry, now)
              + " is not the time, set the node's clock");
    }
    if (nonces.contains(challenge.nonce())) {
      throw RejectedException.refused("the challenge's nonce was used before");
    }
  }

  /** Notes a challenge that is in the log now. */
  void accepted(ChallengeToken challenge) {
    time.witnessed(challenge.issuedAt());
    nonces.add(challenge.nonce(), Instant.ofEpochSecond(challenge.expiresAt()), time);
  }
}
