package dev.assay.coordinator;

import dev.assay.log.store.LogStore;
import dev.assay.proof.DeviceSeed;
import dev.assay.proof.Opening;
import dev.assay.proof.OpeningBlob;
import dev.assay.proof.Verdict;
import dev.assay.proof.Verifier;
import dev.assay.token.ChallengeToken;
import dev.assay.token.ProofChain;
import java.io.IOException;
import java.util.Optional;

/** Recomputes what an opening shows, and keeps its bytes so that everyone else can too. */
record OpeningCheck(LogStore log) {
  /**
   * Why the opening does not hold, or empty if it does.
   *
   * @param blob empty if the bytes that came are not those that were announced
   * @throws IOException if the bytes cannot be kept: the coordinator's fault, not the node's
   */
  Optional<String> fault(ProofChain chain, Optional<byte[]> blob) throws IOException {
    if (blob.isEmpty()) {
      return Optional.of("the opening's bytes are not those that were announced");
    }
    log.putBlob(blob.get());
    ChallengeToken challenge = chain.challenge().token();
    Opening opening;
    try {
      opening = OpeningBlob.decode(blob.get(), challenge.proof());
    } catch (IllegalArgumentException e) {
      return Optional.of("the opening cannot be read: " + e.getMessage());
    }
    Verdict verdict =
        new Verifier()
            .verify(
                challenge.proof(),
                DeviceSeed.of(
                    challenge.nonce(), chain.node().value(), challenge.device(), challenge.proof()),
                chain.commitment().orElseThrow().token().roots(),
                chain.receipt().orElseThrow().token().openingSeed(),
                opening);
    return switch (verdict) {
      case Verdict.Pass pass -> Optional.empty();
      case Verdict.Fail fail -> Optional.of(fail.reason());
    };
  }
}
