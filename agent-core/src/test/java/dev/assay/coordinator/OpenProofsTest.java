package dev.assay.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.crypto.SigningKey;
import dev.assay.proof.Hash32;
import dev.assay.proof.HashChain;
import dev.assay.token.ChallengeToken;
import dev.assay.token.ProofChain;
import dev.assay.token.Tokens;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenProofsTest {
  private final SigningKey key = SigningKey.generate(new SecureRandom());
  private final OpenProofs open = new OpenProofs();

  /** Else whoever looks between its end and its record would take it for lost. */
  @Test
  void aProofWhoseDeviceIsFreeIsStillUnderWayUntilItIsWrittenDown() {
    OpenProof ending = proof("ending");
    OpenProof next = proof("next");
    open.add(ending);

    open.free(ending);

    assertThat(open.find("ending")).contains(ending);
    assertThat(open.take(next.chain().node().value(), "cpu:0")).isTrue();
    open.add(next);
    open.remove(ending);
    assertThat(open.find("ending")).isEmpty();
    assertThat(open.take(next.chain().node().value(), "cpu:0")).isFalse();
  }

  private OpenProof proof(String id) {
    ChallengeToken challenge =
        new ChallengeToken(
            key.id(),
            key.id(),
            id,
            5,
            10,
            Hash32.ofHex("5a".repeat(Hash32.BYTES)),
            "cpu:0",
            new HashChain(1, 1, 1, 1),
            1000);
    return new OpenProof(id, ProofChain.of(Tokens.sign(challenge, key)), Optional.empty());
  }
}
