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
import java.util.Optional;
import java.util.UUID;

/** The challenger's tokens of a self-test, in which the node is its own challenger. */
record SelfTestTokens(KeyId node, ChallengerTime time, Duration deadline, SecureRandom random) {
  ChallengeToken challenge(String device, Proof proof) {
    byte[] nonce = new byte[Hash32.BYTES];
    random.nextBytes(nonce);
    long now = time.issuedAt();
    return new ChallengeToken(
        node,
        node,
        UUID.nameUUIDFromBytes(nonce).toString(),
        now,
        now + deadline.toSeconds(),
        Hash32.of(nonce),
        device,
        proof,
        deadline.toMillis());
  }

  /** Its times follow the clock that only goes forward: no jump of the other one spoils it. */
  ReceiptToken receipt(ProofChain committed, Duration worked) {
    Digest commitment = committed.commitment().orElseThrow().digest();
    long now = committed.challenge().token().issuedAt() + worked.toSeconds();
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
