package dev.assay.coordinator;

import dev.assay.token.ChainFault;
import dev.assay.token.SignedToken;
import dev.assay.wire.FromCoordinator;
import dev.assay.wire.NodeSession;
import java.io.IOException;
import java.util.Optional;

/** Lets a node's token on to its proof if it may follow there, and answers it if it may not. */
record ProofGate(Ledger ledger, Proofs proofs, OpenProofs open, ProofEnd end) {
  /** One step of a proof, which ends without a verdict if the step throws. */
  @FunctionalInterface
  interface Step {
    void take(OpenProof proof) throws IOException;
  }

  /**
   * Takes a step with the open proof that a token belongs to. A token that has no place there is
   * answered with the reason, one of a proof that has ended with its result.
   */
  void step(NodeSession session, SignedToken<?> token, Optional<ProofRecord> known, Step step)
      throws IOException {
    if (known.isEmpty() || !known.get().node().equals(session.node().id().value())) {
      session.send(
          Faults.refused(token, "it answers nothing that this coordinator asked of this node"));
      return;
    }
    Optional<OpenProof> found = open.find(known.get().id());
    if (found.isEmpty()) {
      late(session, token, proofs.find(known.get().id()).orElseThrow());
      return;
    }
    OpenProof proof = found.get();
    synchronized (proof) {
      if (proof.ended()) {
        return;
      }
      Optional<ChainFault> fault = proof.chain().fault(token);
      try {
        if (fault.isEmpty()) {
          step.take(proof);
        } else if (contradicts(session, token, proof.id(), fault.get())) {
          end.fail(proof, fault.get().reason());
        }
      } catch (IOException | DatabaseException e) {
        end.giveUp(proof, e);
        throw e;
      }
    }
  }

  private void late(NodeSession session, SignedToken<?> token, ProofRecord ended)
      throws IOException {
    if (ended.chain().result().isPresent()) {
      Optional<ChainFault> fault = ended.chain().fault(token);
      if (fault.isPresent() && fault.get().kind() == ChainFault.Kind.CONTRADICTION) {
        contradicts(session, token, ended.id(), fault.get());
      }
      session.send(new FromCoordinator.Result(ended.chain().result().get().compact()));
    } else if (ended.state().isFinal()) {
      session.send(Faults.refused(token, "this proof is void: " + ended.note()));
    }
  }

  /** Answers a token that may not follow; keeps the first that contradicts an earlier one. */
  private boolean contradicts(
      NodeSession session, SignedToken<?> token, String proof, ChainFault fault)
      throws IOException {
    session.send(Faults.refused(token, fault.reason()));
    if (fault.kind() != ChainFault.Kind.CONTRADICTION) {
      return false;
    }
    if (proofs.keepEvidence(proof, token)) {
      ledger.append(token);
    }
    return true;
  }
}
