package dev.assay.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.assay.crypto.SigningKey;
import dev.assay.proof.Hash32;
import dev.assay.proof.Matmul;
import dev.assay.proof.Proof;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each token of a proof refers to the one before and keeps its part of the rules. */
class ProofChainTest {
  private static final SigningKey NODE = Samples.NODE;
  private static final SigningKey OTHER = Samples.CHALLENGER;

  private final SignedToken<ChallengeToken> challenge =
      Samples.challenge(Samples.CHALLENGER, Samples.FILL);
  private final SignedToken<CommitmentToken> commitment = Samples.commitment(challenge);
  private final SignedToken<ReceiptToken> receipt = Samples.receipt(OTHER, commitment);
  private final SignedToken<OpeningToken> opening = Samples.opening(receipt);
  private final ProofChain asked = ProofChain.of(challenge);
  private final ProofChain committed = asked.with(commitment);
  private final ProofChain witnessed = committed.with(receipt);
  private final ProofChain opened = witnessed.with(opening);

  @Test
  void aProofThatPassesIsOneChain() {
    SignedToken<ResultToken> result = result(opening, ResultToken.Status.PASS);
    ProofChain ended = opened.with(result);
    assertThat(ended.failure()).isEmpty();
    assertThat(ended.result()).contains(result);
    assertThat(ended.last()).isEqualTo(opening);
    assertThat(ended.selfTest()).isFalse();
  }

  @Test
  void aResendChangesNothing() {
    ProofChain ended = opened.with(result(opening, ResultToken.Status.PASS));
    for (SignedToken<?> token :
        List.of(challenge, commitment, receipt, opening, ended.result().orElseThrow())) {
      assertThat(ended.fault(token)).isEmpty();
      assertThat(ended.with(token).last()).isEqualTo(opening);
    }
  }

  @Test
  void aProofMayFailAtEveryStepWithAResultAboutTheLastToken() {
    for (ProofChain chain : List.of(asked, committed, witnessed, opened)) {
      SignedToken<ResultToken> failed = result(chain.last(), ResultToken.Status.FAIL);
      assertThat(chain.with(failed).result()).contains(failed);
      SignedToken<ResultToken> refused = result(chain.last(), ResultToken.Status.REFUSED);
      fault(chain, refused, ChainFault.Kind.WRONG, "the node's refusal do not go together");
    }
    for (ProofChain chain : List.of(asked, committed, witnessed)) {
      SignedToken<ResultToken> passed = result(chain.last(), ResultToken.Status.PASS);
      fault(chain, passed, ChainFault.Kind.WRONG, "it passes what was not opened");
    }
  }

  @Test
  void aRefusalEndsWithItsOwnResult() {
    SignedToken<RefusalToken> refusal = Samples.refusal(challenge);
    ProofChain refused = asked.with(refusal);
    assertThat(refused.last()).isEqualTo(refusal);
    refused.with(result(refusal, ResultToken.Status.REFUSED));
    fault(
        refused,
        result(refusal, ResultToken.Status.FAIL),
        ChainFault.Kind.WRONG,
        "do not go together");
    fault(refused, commitment, ChainFault.Kind.OUT_OF_ORDER, "had refused this challenge");
    fault(committed, refusal, ChainFault.Kind.OUT_OF_ORDER, "had committed to this challenge");
    // The challenger's time ran out before the refusal came: its result is about the challenge.
    refused.with(result(challenge, ResultToken.Status.FAIL));
  }

  @Test
  void nothingFollowsAResult() {
    ProofChain ended = asked.with(result(challenge, ResultToken.Status.FAIL));
    fault(ended, commitment, ChainFault.Kind.OUT_OF_ORDER, "the proof had ended");
    fault(ended, Samples.refusal(challenge), ChainFault.Kind.OUT_OF_ORDER, "had ended");
  }

  @Test
  void tokensOfAnotherProofAreMisdirectedNotWrong() {
    SignedToken<ChallengeToken> second = Samples.challenge(OTHER, new Matmul(128, 1, 1));
    SignedToken<CommitmentToken> theirs = Samples.commitment(second);
    SignedToken<ReceiptToken> theirReceipt = Samples.receipt(OTHER, theirs);
    elsewhere(asked, second);
    elsewhere(asked, theirs);
    elsewhere(asked, Samples.refusal(second));
    elsewhere(asked, receipt);
    elsewhere(committed, theirReceipt);
    elsewhere(committed, opening);
    elsewhere(witnessed, Samples.opening(theirReceipt));
    elsewhere(opened, result(theirs, ResultToken.Status.FAIL));
    elsewhere(opened, Samples.platform());
    elsewhere(opened, Samples.job());
  }

  @Test
  void aSecondCommitmentOrReceiptIsEvidence() {
    SignedToken<CommitmentToken> second =
        Tokens.sign(word("cpu:0", Samples.FILL, Samples.NONCE, commitment.token().roots()), NODE);
    fault(witnessed, second, ChainFault.Kind.CONTRADICTION, "a second, different commitment");
    assertThat(witnessed.fault(second).orElseThrow().earlier()).contains(commitment);
    SignedToken<ReceiptToken> again = receipt(OTHER, 1000, Samples.hash("another seed"));
    fault(opened, again, ChainFault.Kind.CONTRADICTION, "a second, different receipt");
    assertThat(opened.fault(again).orElseThrow().earlier()).contains(receipt);
    ProofChain passed = opened.with(result(opening, ResultToken.Status.PASS));
    fault(
        passed,
        result(opening, ResultToken.Status.FAIL),
        ChainFault.Kind.CONTRADICTION,
        "contradicts the first");
    SignedToken<OpeningToken> openedAgain =
        Tokens.sign(
            new OpeningToken(
                NODE.id(), Samples.NOW + 9, receipt.digest(), Samples.digest("blob"), 100_000),
            NODE);
    fault(opened, openedAgain, ChainFault.Kind.OUT_OF_ORDER, "opened before");
  }

  @Test
  void onlyTheRightPartySigns() {
    SignedToken<CommitmentToken> bySomeoneElse =
        Tokens.sign(
            new CommitmentToken(
                OTHER.id(),
                Samples.NOW,
                Samples.NONCE,
                Optional.empty(),
                challenge.digest(),
                "cpu:0",
                Samples.FILL,
                commitment.token().roots(),
                1),
            OTHER);
    fault(asked, bySomeoneElse, ChainFault.Kind.WRONG, "not the node that was asked");
    fault(committed, receipt(NODE, 1000, Samples.hash("s")), ChainFault.Kind.WRONG, "challenger");
    fault(
        opened,
        Samples.result(NODE, opening, ResultToken.Status.FAIL),
        ChainFault.Kind.WRONG,
        "its signer is not the challenger");
    SignedToken<OpeningToken> stolen =
        Tokens.sign(
            new OpeningToken(OTHER.id(), Samples.NOW, receipt.digest(), Samples.digest("b"), 1),
            OTHER);
    fault(witnessed, stolen, ChainFault.Kind.WRONG, "not the node that was asked");
  }

  @ParameterizedTest
  @CsvSource({"0, true", "3000, true", "3001, false"})
  void aReceiptsTimesAgreeWithinTwoSeconds(long witnessedMs, boolean agrees) {
    SignedToken<ReceiptToken> token = receipt(OTHER, witnessedMs, Samples.hash("seed"));
    if (agrees) {
      assertThat(committed.fault(token)).isEmpty();
    } else {
      fault(committed, token, ChainFault.Kind.WRONG, "by more than 2000 ms");
    }
  }

  @Test
  void aReceiptIsNotIssuedAfterTheChallengeExpired() {
    SignedToken<ReceiptToken> late =
        Tokens.sign(
            new ReceiptToken(
                OTHER.id(),
                NODE.id(),
                challenge.token().expiresAt() + 1,
                challenge.token().expiresAt() + 60,
                commitment.digest(),
                61_000,
                Samples.hash("seed")),
            OTHER);
    fault(committed, late, ChainFault.Kind.WRONG, "after the challenge expired");
  }

  @Test
  void aSelfTestTakesItsSeedFromTheCommitmentAndIsCreditedNothing() {
    SignedToken<ChallengeToken> own = Samples.challenge(NODE, Samples.FILL);
    SignedToken<CommitmentToken> word = Samples.commitment(own);
    ProofChain chain = ProofChain.of(own).with(word);
    assertThat(chain.selfTest()).isTrue();
    SignedToken<ReceiptToken> chosen =
        Tokens.sign(
            new ReceiptToken(
                NODE.id(),
                NODE.id(),
                Samples.NOW,
                Samples.NOW + 60,
                word.digest(),
                900,
                Samples.hash("a lucky seed")),
            NODE);
    fault(chain, chosen, ChainFault.Kind.WRONG, "a self-test's opening seed");
    SignedToken<ReceiptToken> honest = Samples.receipt(NODE, word);
    SignedToken<OpeningToken> shown = Samples.opening(honest);
    ProofChain done = chain.with(honest).with(shown);
    done.with(Samples.result(NODE, shown, ResultToken.Status.PASS));
    SignedToken<ResultToken> boast =
        Tokens.sign(
            new ResultToken(
                NODE.id(),
                NODE.id(),
                Samples.NOW,
                shown.digest(),
                ResultToken.Status.PASS,
                "",
                Optional.of(Samples.figures())),
            NODE);
    fault(done, boast, ChainFault.Kind.WRONG, "a self-test is credited with figures");
  }

  @Test
  void aPassSaysWhatIsProven() {
    SignedToken<ResultToken> silent =
        Tokens.sign(
            new ResultToken(
                OTHER.id(),
                NODE.id(),
                Samples.NOW,
                opening.digest(),
                ResultToken.Status.PASS,
                "",
                Optional.empty()),
            OTHER);
    fault(opened, silent, ChainFault.Kind.WRONG, "says nothing of what is proven");
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

  private SignedToken<ReceiptToken> receipt(SigningKey by, long witnessedMs, Hash32 seed) {
    return Tokens.sign(
        new ReceiptToken(
            by.id(),
            NODE.id(),
            Samples.NOW + 1,
            Samples.NOW + 60,
            commitment.digest(),
            witnessedMs,
            seed),
        by);
  }

  private static SignedToken<ResultToken> result(SignedToken<?> about, ResultToken.Status status) {
    return Samples.result(OTHER, about, status);
  }

  private static void elsewhere(ProofChain chain, SignedToken<?> next) {
    fault(chain, next, ChainFault.Kind.ELSEWHERE, "");
  }

  private static void fault(
      ProofChain chain, SignedToken<?> next, ChainFault.Kind kind, String reason) {
    ChainFault fault = chain.fault(next).orElseThrow();
    assertThat(fault.kind()).as(fault.reason()).isEqualTo(kind);
    assertThat(fault.reason()).contains(reason);
    assertThatExceptionOfType(TokenException.class)
        .isThrownBy(() -> chain.with(next))
        .withMessage(next.token().typ() + ": " + fault.reason());
  }
}
