package dev.assay.daemon;

import dev.assay.crypto.Digest;
import dev.assay.token.ChainFault;
import dev.assay.token.ChallengeToken;
import dev.assay.token.ProofChain;
import dev.assay.token.ReceiptToken;
import dev.assay.token.ResultToken;
import dev.assay.token.SignedToken;
import dev.assay.token.Token;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The proofs that have no result yet, oldest first, and where a received token belongs. */
final class OpenProofs {
  private static final int MAX = 256;

  private final Map<Digest, OpenProof> proofs = new LinkedHashMap<>();
  private final Set<Digest> lastResults = new LinkedHashSet<>();

  List<OpenProof> all() {
    return List.copyOf(proofs.values());
  }

  Optional<OpenProof> find(Digest id) {
    return Optional.ofNullable(proofs.get(id));
  }

  /** Replaces or adds the proof that these tokens are of. */
  OpenProof put(ProofChain chain) {
    OpenProof proof = OpenProof.of(chain);
    proofs.put(proof.id(), proof);
    return proof;
  }

  /** Adds the proof that this challenge begins. */
  OpenProof.Challenged begin(SignedToken<ChallengeToken> challenge) {
    OpenProof.Challenged proof = new OpenProof.Challenged(ProofChain.of(challenge));
    proofs.put(proof.id(), proof);
    return proof;
  }

  void remove(OpenProof proof) {
    proofs.remove(proof.id());
  }

  /** The proof has this result. */
  void end(OpenProof proof, Digest result) {
    proofs.remove(proof.id());
    lastResults.add(result);
    if (lastResults.size() > MAX) {
      lastResults.remove(lastResults.iterator().next());
    }
  }

  /** Whether one of the proofs that ended last has this result: then it came a second time. */
  boolean endedWith(Digest result) {
    return lastResults.contains(result);
  }

  /** Forgets the proofs that nothing has come of for longer than any token of theirs is valid. */
  void forgetOld(Instant now) {
    proofs.values().removeIf(proof -> now.isAfter(proof.endsBy().plus(ChallengerTime.HORIZON)));
  }

  /** Whether a proof other than {@code self} still has work for this device. */
  boolean occupy(String device, Digest self, Instant now) {
    return proofs.values().stream()
        .filter(proof -> proof.challenge().device().equals(device) && !proof.id().equals(self))
        .anyMatch(proof -> proof.occupies() && !now.isAfter(proof.endsBy()));
  }

  boolean isFull() {
    return proofs.size() >= MAX;
  }

  /**
   * The proof that a receipt or a result belongs to, whether or not it fits there.
   *
   * @throws RejectedException if it belongs to none
   */
  OpenProof owner(SignedToken<? extends Token> token) throws RejectedException {
    for (OpenProof proof : proofs.values()) {
      boolean elsewhere =
          proof
              .chain()
              .fault(token)
              .filter(fault -> fault.kind() == ChainFault.Kind.ELSEWHERE)
              .isPresent();
      if (!elsewhere) {
        return proof;
      }
    }
    throw RejectedException.outOfOrder(
        switch (token.token()) {
          case ReceiptToken receipt ->
              "the receipt is for the commitment "
                  + receipt.commitment()
                  + ", which no open proof of this node has";
          case ResultToken result ->
              "the result is about the token "
                  + result.about()
                  + ", which no open proof of this node has";
          default -> "the token belongs to no open proof of this node";
        });
  }
}
