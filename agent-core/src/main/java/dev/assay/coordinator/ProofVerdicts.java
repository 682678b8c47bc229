package dev.assay.coordinator;

import dev.assay.coordinator.ProofRecord.State;
import dev.assay.proof.DeviceSeed;
import dev.assay.proof.Opening;
import dev.assay.proof.OpeningBlob;
import dev.assay.proof.Proven;
import dev.assay.proof.Verdict;
import dev.assay.proof.Verifier;
import dev.assay.token.ChallengeToken;
import dev.assay.token.ProofChain;
import dev.assay.token.ProvenFigures;
import dev.assay.token.ReceiptToken;
import dev.assay.token.ResultToken;
import dev.assay.token.SignedToken;
import dev.assay.wire.FromCoordinator;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/** Verifies openings, and signs, keeps and sends how proofs ended. */
record ProofVerdicts(Ledger ledger, Proofs proofs, Sessions sessions, InstantSource clock) {
  /** Why an opening does not hold; empty if it does, and then its blob is kept. */
  Optional<String> fault(ProofChain chain, Optional<byte[]> blob) throws IOException {
    if (blob.isEmpty()) {
      return Optional.of("the opening's bytes are not those that were announced");
    }
    ChallengeToken challenge = chain.challenge().token();
    Opening opening;
    try {
      opening = OpeningBlob.decode(blob.get(), challenge.proof());
    } catch (IllegalArgumentException e) {
      return Optional.of("the opening cannot be read: " + e.getMessage());
    }
    ledger.log().putBlob(blob.get());
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

  void end(OpenProof proof, ResultToken.Status status, String reason) throws IOException {
    ProofChain chain = proof.chain();
    Optional<ProvenFigures> proven =
        status == ResultToken.Status.PASS ? Optional.of(figures(chain)) : Optional.empty();
    SignedToken<ResultToken> result =
        ledger.issue(
            new ResultToken(
                ledger.id(),
                chain.node(),
                clock.instant().getEpochSecond(),
                chain.last().digest(),
                status,
                reason,
                proven));
    State state =
        switch (status) {
          case PASS -> State.PASSED;
          case FAIL -> State.FAILED;
          case REFUSED -> State.REFUSED;
        };
    proofs.update(proof.id(), state, chain.with(result), "");
    if (status == ResultToken.Status.PASS) {
      proof.calibrates().ifPresent(deviceClass -> calibrate(deviceClass, chain));
    }
    sessions
        .of(chain.node().value())
        .ifPresent(session -> session.send(new FromCoordinator.Result(result.compact())));
  }

  private void calibrate(String deviceClass, ProofChain chain) {
    ReceiptToken receipt = chain.receipt().orElseThrow().token();
    double perSecond =
        1000 * Sizing.work(chain.challenge().token().proof()) / Math.max(1, receipt.witnessedMs());
    proofs.calibrate(deviceClass, perSecond, clock.instant().getEpochSecond());
  }

  private static ProvenFigures figures(ProofChain chain) {
    return ProvenFigures.of(
        Proven.of(
            chain.challenge().token().proof(),
            chain.receipt().orElseThrow().token().witnessedMs()));
  }
}
