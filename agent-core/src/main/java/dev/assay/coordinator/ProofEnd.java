package dev.assay.coordinator;

import dev.assay.coordinator.ProofRecord.State;
import dev.assay.proof.Proven;
import dev.assay.token.ProofChain;
import dev.assay.token.ProvenFigures;
import dev.assay.token.ResultToken;
import dev.assay.token.ResultToken.Status;
import dev.assay.token.SignedToken;
import dev.assay.wire.FromCoordinator;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends proofs: with a signed result, or, where the coordinator itself failed, without one. The
 * caller holds the proof's monitor.
 */
record ProofEnd(
    Ledger ledger, Proofs proofs, OpenProofs open, Sessions sessions, Surroundings surroundings) {
  private static final Logger LOG = LoggerFactory.getLogger(ProofEnd.class);

  void pass(OpenProof proof) {
    ProofChain chain = proof.chain();
    long witnessedMs = chain.receipt().orElseThrow().token().witnessedMs();
    ProvenFigures figures =
        ProvenFigures.of(Proven.of(chain.challenge().token().proof(), witnessedMs));
    end(proof, Status.PASS, "", Optional.of(figures));
    proof.calibrates().ifPresent(of -> calibrate(of, chain, witnessedMs));
  }

  void fail(OpenProof proof, String reason) {
    end(proof, Status.FAIL, reason, Optional.empty());
  }

  void refused(OpenProof proof, String reason) {
    end(proof, Status.REFUSED, reason, Optional.empty());
  }

  /** The coordinator's own log or disk failed: no verdict, and nothing against the node. */
  void giveUp(OpenProof proof, Exception failure) {
    LOG.error("proof {} ends without a verdict: {}", proof.id(), failure.getMessage());
    proof.end();
    open.remove(proof);
    proofs.update(
        proof.id(), State.VOID, proof.chain(), "the coordinator failed: " + failure.getMessage());
  }

  /**
   * What a stopped coordinator had decided and perhaps not logged is logged, maybe again: a result
   * once signed is the only one that there will be.
   */
  void finish(String id, ProofChain chain) throws IOException {
    SignedToken<ResultToken> result = chain.result().orElseThrow();
    ledger.append(result);
    proofs.update(id, state(result.token().status()), chain, "");
  }

  private void end(OpenProof proof, Status status, String reason, Optional<ProvenFigures> proven) {
    proof.end();
    ProofChain chain = proof.chain();
    SignedToken<ResultToken> result =
        ledger.sign(
            new ResultToken(
                ledger.id(),
                chain.node(),
                surroundings.now(),
                chain.last().digest(),
                status,
                Faults.fitting(reason),
                proven));
    try {
      proofs.decide(proof.id(), chain.with(result));
      ledger.append(result);
      // Whoever can see that the proof has ended may ask for the device's next one.
      open.free(proof);
      proofs.update(proof.id(), state(status), chain.with(result), "");
      LOG.info(
          "proof {} of {} of node {}: {} {}",
          proof.id(),
          chain.challenge().token().device(),
          chain.node(),
          status.label(),
          result.token().reason());
      sessions.send(chain.node().value(), new FromCoordinator.Result(result.compact()));
    } catch (IOException | DatabaseException e) {
      giveUp(proof, e);
    } finally {
      open.remove(proof);
    }
  }

  private void calibrate(String deviceClass, ProofChain chain, long witnessedMs) {
    double perSecond =
        1000 * Sizing.work(chain.challenge().token().proof()) / Math.max(1, witnessedMs);
    proofs.calibrate(deviceClass, perSecond, surroundings.now());
  }

  private static State state(Status status) {
    return switch (status) {
      case PASS -> State.PASSED;
      case FAIL -> State.FAILED;
      case REFUSED -> State.REFUSED;
    };
  }
}
