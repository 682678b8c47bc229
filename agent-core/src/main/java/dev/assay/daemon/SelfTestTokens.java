package dev.assay.daemon;

import dev.assay.crypto.Digest;
import dev.assay.crypto.KeyId;
import dev.assay.proof.Hash32;
import dev.assay.proof.Proof;
import dev.assay.token.ChallengeToken;
import dev.assay.token.ProofChain;
import dev.assay.token.ReceiptToken;
import dev.assay.token.ResultToken;
import dev.assay.token.ResultToken.Status;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The challenger's tokens of a self-test, in which the node is its own challenger. */
record SelfTestTokens(KeyId node, ChallengerTime time, Duration deadline, SecureRandom random) {
  /**
   * A challenge.
   *
   * @param now the time that it bears
   */
  ChallengeToken challenge(String device, Proof proof, Instant now) {
    byte[] nonce = new byte[Hash32.BYTES];
    random.nextBytes(nonce);
    return new ChallengeToken(
        node,
        node,
        UUID.nameUUIDFromBytes(nonce).toString(),
        now.getEpochSecond(),
        now.getEpochSecond() + deadline.toSeconds(),
        Hash32.of(nonce),
        device,
        proof,
        deadline.toMillis());
  }

  /**
   * The receipt of a commitment.
   *
   * @param issued the challenge's time
   * @param elapsed from then until now
   * @param worked from the challenge's sending to the commitment
   */
  ReceiptToken receipt(ProofChain committed, Instant issued, Duration elapsed, Duration worked) {
    Digest commitment = committed.commitment().orElseThrow().digest();
    long now = ReceiptToken.issuedAt(issued.toEpochMilli(), elapsed.toMillis(), worked.toMillis());
    return new ReceiptToken(
        node,
        node,
        now,
        now + 2 * deadline.toSeconds(),
        commitment,
        worked.toMillis(),
        Hash32.of(commitment.bytes()));
  }

  /** The result of what was opened; {@code reason} is empty if it holds. */
  ResultToken result(ProofChain opened, String reason) {
    return new ResultToken(
        node,
        node,
        time.issuedAt(),
        opened.last().digest(),
        reason.isEmpty() ? Status.PASS : Status.FAIL,
        reason,
        Optional.empty());
  }
}
