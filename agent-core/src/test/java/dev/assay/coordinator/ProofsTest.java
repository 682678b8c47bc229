package dev.assay.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.control.ControlException;
import dev.assay.coordinator.ProofRecord.State;
import dev.assay.crypto.Digest;
import dev.assay.token.ChallengeToken;
import dev.assay.token.CommitmentToken;
import dev.assay.token.OpeningToken;
import dev.assay.token.ReceiptToken;
import dev.assay.token.RefusalToken;
import dev.assay.token.ResultToken;
import dev.assay.token.ResultToken.Status;
import dev.assay.token.SignedToken;
import dev.assay.wire.FromNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Proofs from challenge to result, with a node that keeps to the rules. */
@Timeout(60)
class ProofsTest extends ProofScript {
  @Test
  void anHonestProofIsWitnessedVerifiedCreditedAndLogged() throws Exception {
    String id = challenge();
    SignedToken<ChallengeToken> challenge = node.nextChallenge();
    SignedToken<CommitmentToken> commitment = node.commit(challenge);
    bench.time.pass(WORK);
    SignedToken<ReceiptToken> receipt = receiptFor(commitment);
    byte[] blob = node.open(challenge, commitment, receipt);
    node.send(new FromNode.Opening(node.opening(receipt, blob).compact()));
    node.serve(blob);
    SignedToken<ResultToken> result = node.nextResult();

    assertThat(receipt.token().witnessedMs()).isEqualTo(WORK.toMillis());
    assertThat(result.token().status()).isEqualTo(Status.PASS);
    assertThat(result.token().proven().orElseThrow().hashesPerSecond()).isPresent();
    assertThat(result.verifiedBy(bench.key.publicKey())).isTrue();
    assertThat(bench.ended(id).state()).isEqualTo(State.PASSED);
    assertThat(bench.logged())
        .hasExactlyElementsOfTypes(
            ChallengeToken.class,
            CommitmentToken.class,
            ReceiptToken.class,
            OpeningToken.class,
            ResultToken.class);
    assertThat(bench.log.blob(Digest.of(blob))).hasValue(blob);
  }

  @Test
  void whatIsSentAgainIsAnsweredWithTheSameBytes() throws Exception {
    String id = challenge();
    SignedToken<ChallengeToken> challenge = node.nextChallenge();
    SignedToken<CommitmentToken> commitment = node.commit(challenge);
    SignedToken<ReceiptToken> receipt = receiptFor(commitment);
    bench.time.pass(Duration.ofSeconds(3));
    assertThat(receiptFor(commitment)).isEqualTo(receipt);

    byte[] blob = node.open(challenge, commitment, receipt);
    SignedToken<OpeningToken> opening = node.opening(receipt, blob);
    node.send(new FromNode.Opening(opening.compact()));
    node.serve(blob);
    SignedToken<ResultToken> result = node.nextResult();
    bench.ended(id);

    node.send(new FromNode.Opening(opening.compact()));
    assertThat(node.nextResult()).isEqualTo(result);
    node.send(new FromNode.Commitment(commitment.compact()));
    assertThat(node.nextResult()).isEqualTo(result);
    assertThat(bench.logged()).hasSize(5);
  }

  @Test
  void aLateCommitmentGetsItsReceiptAndFailsByItsWitnessedTime() throws Exception {
    String id = challenge();
    SignedToken<ChallengeToken> challenge = node.nextChallenge();
    long late = challenge.token().deadlineMs() + 700;
    bench.time.pass(Duration.ofMillis(late));

    assertThat(receiptFor(node.commit(challenge)).token().witnessedMs()).isEqualTo(late);
    assertThat(node.nextResult().token().status()).isEqualTo(Status.FAIL);
    assertThat(bench.ended(id).reason()).contains(late + " ms is past the deadline");
  }

  @Test
  void aCommitmentJustInTimePasses() throws Exception {
    challenge();
    SignedToken<ChallengeToken> challenge = node.nextChallenge();
    bench.time.pass(Duration.ofMillis(challenge.token().deadlineMs()));
    SignedToken<CommitmentToken> commitment = node.commit(challenge);
    SignedToken<ReceiptToken> receipt = receiptFor(commitment);
    byte[] blob = node.open(challenge, commitment, receipt);
    node.send(new FromNode.Opening(node.opening(receipt, blob).compact()));
    node.serve(blob);
    assertThat(node.nextResult().token().status()).isEqualTo(Status.PASS);
  }

  @Test
  void silenceFailsAtTheDeadlineAndAtTheReceiptsExpiry() throws Exception {
    String silent = challenge();
    SignedToken<ChallengeToken> first = node.nextChallenge();
    bench.time.pass(Duration.ofMillis(first.token().deadlineMs() + ProofDesk.GRACE_MS));
    SignedToken<ResultToken> result = node.nextResult();
    assertThat(result.token().reason()).isEqualTo("no commitment by the deadline");
    assertThat(result.token().about()).isEqualTo(first.digest());
    assertThat(bench.ended(silent).state()).isEqualTo(State.FAILED);
    node.send(new FromNode.Commitment(node.commit(first).compact()));
    assertThat(node.nextResult()).isEqualTo(result);

    String closed = challenge();
    SignedToken<ChallengeToken> second = node.nextChallenge();
    SignedToken<CommitmentToken> commitment = node.commit(second);
    SignedToken<ReceiptToken> receipt = receiptFor(commitment);
    bench.time.pass(HOUR);
    assertThat(node.nextResult().token().about()).isEqualTo(receipt.digest());
    assertThat(bench.ended(closed).reason()).isEqualTo("no opening by the receipt's expiry");
    byte[] blob = node.open(second, commitment, receipt);
    node.send(new FromNode.Opening(node.opening(receipt, blob).compact()));
    assertThat(node.nextResult().token().status()).isEqualTo(Status.FAIL);
  }

  @Test
  void aRefusalEndsTheProofWithoutBlame() throws Exception {
    String id = challenge();
    SignedToken<ChallengeToken> challenge = node.nextChallenge();
    RefusalToken refusal =
        new RefusalToken(
            node.key.id(), 5, challenge.digest(), "a job is running", Map.of("labels", 1024L));
    node.send(new FromNode.Refusal(node.sign(refusal).compact()));
    assertThat(node.nextResult().token().status()).isEqualTo(Status.REFUSED);
    assertThat(bench.ended(id).reason()).isEqualTo("a job is running");
    node.send(new FromNode.Commitment(node.commit(challenge).compact()));
    assertThat(node.nextResult().token().status()).isEqualTo(Status.REFUSED);
  }

  @Test
  void aRefusalAfterTheDeadlineIsAFailure() throws Exception {
    String id = challenge();
    SignedToken<ChallengeToken> challenge = node.nextChallenge();
    bench.time.pass(Duration.ofMillis(challenge.token().deadlineMs() + 1));
    RefusalToken refusal =
        new RefusalToken(node.key.id(), 5, challenge.digest(), "it was hard", Map.of());

    node.send(new FromNode.Refusal(node.sign(refusal).compact()));

    assertThat(node.nextResult().token().status()).isEqualTo(Status.FAIL);
    assertThat(bench.ended(id).reason()).isEqualTo("no commitment by the deadline");
  }

  @Test
  void aReceiptIsNotIssuedBeforeItsCommitment() throws Exception {
    challenge();
    SignedToken<ChallengeToken> challenge = node.nextChallenge();
    bench.time.pass(Duration.ofMillis(150));
    long committed = bench.time.instant().getEpochSecond();
    ReceiptToken receipt = receiptFor(node.commit(challenge)).token();
    assertThat(receipt.issuedAt()).isEqualTo(committed).isEqualTo(challenge.token().issuedAt() + 1);
  }

  @Test
  void aWallClockThatJumpsSpoilsNoReceipt() throws Exception {
    for (Duration jump : List.of(HOUR, HOUR.negated(), Duration.ofMillis(-901))) {
      String id = challenge();
      SignedToken<ChallengeToken> challenge = node.nextChallenge();
      bench.time.jump(jump);
      bench.time.pass(WORK);
      ReceiptToken receipt = receiptFor(node.commit(challenge)).token();
      assertThat(1000 * (receipt.issuedAt() - challenge.token().issuedAt()) - receipt.witnessedMs())
          .isBetween(-2000L, 2000L);
      bench.time.pass(HOUR);
      node.nextResult();
      bench.ended(id);
    }
  }

  @Test
  void aDeviceHasOneProofAtATimeAndAnotherDeviceItsOwn() throws Exception {
    challenge();
    assertThatThrownBy(this::challenge)
        .isInstanceOf(ControlException.class)
        .hasMessageContaining("has a proof under way");
    bench.coordinator.challenge(node.id(), "cpu:1", PROOF, false);
    assertThatThrownBy(() -> bench.coordinator.challenge(node.id(), "gpu:0", PROOF, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it has cpu:0, cpu:1");
  }

  @Test
  void aNodeThatIsAwayIsNotChallengedAndAnUnknownOneNamed() throws Exception {
    bench.disconnect(node);
    assertThatThrownBy(this::challenge).hasMessageContaining("it is away");
    assertThatThrownBy(() -> bench.coordinator.challenge("zzz", "cpu:0", PROOF, false))
        .hasMessageContaining("no enrolled node");
  }

  @Test
  void aCalibrationSetsTheDeadlineOfItsClass() throws Exception {
    bench.coordinator.challenge(node.id(), "cpu:0", PROOF, true);
    SignedToken<ChallengeToken> challenge = node.nextChallenge();
    SignedToken<CommitmentToken> commitment = node.commit(challenge);
    bench.time.pass(Duration.ofMillis(100));
    SignedToken<ReceiptToken> receipt = receiptFor(commitment);
    byte[] blob = node.open(challenge, commitment, receipt);
    node.send(new FromNode.Opening(node.opening(receipt, blob).compact()));
    node.serve(blob);
    node.nextResult();
    Bench.await(() -> bench.coordinator.challenge(node.id(), "cpu:1", PROOF, false) != null);
    assertThat(node.nextChallenge().token().deadlineMs()).isEqualTo(500 + 250 + 150);
  }
}
