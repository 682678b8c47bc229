package dev.assay.daemon;

import dev.assay.crypto.KeyId;
import java.time.InstantSource;

/** All that the agent remembers of proofs; {@link LogTail} makes it anew from the log. */
record ProofMemory(ChallengerTime time, ChallengeRules rules, OpenProofs open) {
  /** That of a node which was never challenged. */
  static ProofMemory empty(KeyId node, InstantSource clock) {
    ChallengerTime time = new ChallengerTime(clock);
    return new ProofMemory(
        time, new ChallengeRules(node, time, new SeenNonces()), new OpenProofs());
  }
}
