package dev.assay.coordinator;

import dev.assay.coordinator.ProofRecord.State;
import dev.assay.token.ProofChain;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Takes up, at a start, the proofs that a stopped coordinator left. */
record ProofRecovery(
    Ledger ledger, Proofs proofs, ProofDesk desk, ProofEnd end, Surroundings surroundings) {
  /**
   * A decided result is finished; an issued receipt waits for its opening; anything before is void,
   * for a time that nobody witnessed proves nothing against the node.
   */
  void run() throws IOException {
    for (ProofRecord left : proofs.unfinished()) {
      ProofChain chain = left.chain();
      if (chain.result().isPresent()) {
        end.finish(left.id(), chain);
      } else if (chain.receipt().isPresent()) {
        resume(left);
      } else {
        proofs.update(left.id(), State.VOID, chain, "the coordinator stopped while it was waiting");
      }
    }
  }

  private void resume(ProofRecord left) throws IOException {
    ProofChain chain = left.chain();
    if (left.state() == State.CHALLENGED) {
      ledger.append(chain.commitment().orElseThrow(), chain.receipt().orElseThrow());
      proofs.update(left.id(), State.COMMITTED, chain, "");
    }
    long seconds = chain.receipt().orElseThrow().token().expiresAt() - surroundings.now();
    desk.waitForOpening(
        new OpenProof(left.id(), chain, Optional.empty()),
        Duration.ofSeconds(Math.max(1, seconds)));
  }
}
