package dev.assay.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.crypto.SigningKey;
import dev.assay.proof.Hash32;
import dev.assay.proof.Matmul;
import dev.assay.proof.Proof;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Proofs that fail by their tokens alone, each of which stands where it should. */
class ProofFailureTest {
  private static final SigningKey NODE = Samples.NODE;
  private static final SigningKey OTHER = Samples.CHALLENGER;

  private final SignedToken<ChallengeToken> challenge = Samples.challenge(OTHER, Samples.FILL);
  private final SignedToken<CommitmentToken> commitment = Samples.commitment(challenge);
  private final SignedToken<ReceiptToken> receipt = Samples.receipt(OTHER, commitment);
  private final ProofChain asked = ProofChain.of(challenge);
  private final ProofChain committed = asked.with(commitment);
  private final ProofChain witnessed = committed.with(receipt);

  @Test
  void aCommitmentToSomethingElseFailsTheProofAndStaysInTheChain() {
    List<Hash32> roots = commitment.token().roots();
    Proof another = new Matmul(128, 1, 1);
    failsWith(
        word("cpu:0", another, Samples.NONCE, roots),
        "the commitment is to another proof than was asked for");
    failsWith(
        word("cpu:1", Samples.FILL, Samples.NONCE, roots),
        "the commitment is of another device than was asked");
    failsWith(
        word("cpu:0", Samples.FILL, Samples.hash("old nonce"), roots),
        "the commitment has another nonce than the challenge");
    failsWith(
        word("cpu:0", Samples.FILL, Samples.NONCE, roots.subList(0, 1)),
        "the commitment has 1 roots, not 5");
  }

  @Test
  void aWitnessedTimePastTheDeadlineFailsAndOneThatEqualsItPasses() {
    assertThat(atWitnessed(5000).failure()).isEmpty();
    ProofChain late = atWitnessed(5001);
    assertThat(late.failure())
        .contains("the witnessed time of 5001 ms is past the deadline of 5000 ms");
    SignedToken<OpeningToken> shown = Samples.opening(late.receipt().orElseThrow());
    assertThat(
            late.with(shown).fault(result(shown, ResultToken.Status.PASS)).orElseThrow().reason())
        .startsWith("it passes a proof that fails: the witnessed time");
    assertThat(late.with(shown).fault(result(shown, ResultToken.Status.FAIL))).isEmpty();
  }

  @Test
  void anOpeningThatIsTooLargeFailsUnfetched() {
    long most = Samples.FILL.maxOpeningBytes();
    assertThat(witnessed.with(sized(most)).failure()).isEmpty();
    assertThat(witnessed.with(sized(most + 1)).failure())
        .contains(
            "the opening has " + (most + 1) + " bytes, more than the " + most + " it may have");
  }

  private CommitmentToken word(String device, Proof proof, Hash32 nonce, List<Hash32> roots) {
    return new CommitmentToken(
        NODE.id(),
        Samples.NOW,
        nonce,
        Optional.empty(),
        challenge.digest(),
        device,
        proof,
        roots,
        1);
  }

  private void failsWith(CommitmentToken token, String reason) {
    SignedToken<CommitmentToken> signed = Tokens.sign(token, NODE);
    ProofChain chain = asked.with(signed);
    assertThat(chain.failure()).contains(reason);
    assertThat(chain.fault(result(signed, ResultToken.Status.FAIL))).isEmpty();
  }

  private ProofChain atWitnessed(long witnessedMs) {
    return committed.with(
        Tokens.sign(
            new ReceiptToken(
                OTHER.id(),
                NODE.id(),
                Samples.NOW + 5,
                Samples.NOW + 60,
                commitment.digest(),
                witnessedMs,
                Samples.hash("seed")),
            OTHER));
  }

  private SignedToken<OpeningToken> sized(long size) {
    return Tokens.sign(
        new OpeningToken(
            NODE.id(), Samples.NOW + 2, receipt.digest(), Samples.digest("blob"), size),
        NODE);
  }

  private static SignedToken<ResultToken> result(SignedToken<?> about, ResultToken.Status status) {
    return Samples.result(OTHER, about, status);
  }
}
