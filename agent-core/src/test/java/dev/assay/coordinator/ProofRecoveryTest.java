package dev.assay.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.coordinator.ProofRecord.State;
import dev.assay.token.ChallengeToken;
import dev.assay.token.CommitmentToken;
import dev.assay.token.OpeningToken;
import dev.assay.token.ReceiptToken;
import dev.assay.token.ResultToken;
import dev.assay.token.ResultToken.Status;
import dev.assay.token.SignedToken;
import dev.assay.token.Tokens;
import dev.assay.wire.Bytes;
import dev.assay.wire.Fault;
import dev.assay.wire.FromCoordinator;
import dev.assay.wire.FromNode;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Proofs whose node or coordinator goes away in between, or whose disk is full. */
@Timeout(60)
class ProofRecoveryTest extends ProofScript {
  @Test
  void aNodeThatComesBackIsSentWhatItMayHaveMissed() throws Exception {
    challenge();
    SignedToken<ChallengeToken> challenge = node.nextChallenge();
    bench.disconnect(node);
    node.events.clear();
    bench.connect(node);
    assertThat(node.nextChallenge()).isEqualTo(challenge);

    SignedToken<CommitmentToken> commitment = node.commit(challenge);
    SignedToken<ReceiptToken> receipt = receiptFor(commitment);
    bench.disconnect(node);
    node.events.clear();
    bench.connect(node);
    assertThat(node.nextReceipt()).isEqualTo(receipt);

    byte[] blob = node.open(challenge, commitment, receipt);
    SignedToken<OpeningToken> opening = node.opening(receipt, blob);
    node.send(new FromNode.Opening(opening.compact()));
    node.next(FromCoordinator.BlobGet.class);
    bench.disconnect(node);
    node.events.clear();
    bench.connect(node);
    node.nextReceipt();
    node.send(new FromNode.Opening(opening.compact()));
    node.serve(blob);
    assertThat(node.nextResult().token().status()).isEqualTo(Status.PASS);
  }

  @Test
  void aFullDiskOfTheCoordinatorIsHeldAgainstNobody() throws Exception {
    String id = challenge();
    SignedToken<ChallengeToken> challenge = node.nextChallenge();
    SignedToken<CommitmentToken> commitment = node.commit(challenge);
    bench.log.full = true;
    node.send(new FromNode.Commitment(commitment.compact()));
    assertThat(node.nextFault().code()).isEqualTo(Fault.INTERNAL);
    assertThat(bench.ended(id).state()).isEqualTo(State.VOID);
    assertThat(bench.ended(id).reason()).contains("no space left");
    assertThatThrownBy(this::challenge).hasMessageContaining("no space left");

    bench.log.full = false;
    node.send(new FromNode.Commitment(commitment.compact()));
    assertThat(node.nextFault().message()).contains("this proof is void");
    challenge();
    receiptFor(node.commit(node.nextChallenge()));
    assertThat(bench.logged())
        .hasExactlyElementsOfTypes(
            ChallengeToken.class, ChallengeToken.class, CommitmentToken.class, ReceiptToken.class);
  }

  @Test
  void anOpeningThatCannotBeKeptEndsWithoutAVerdict() throws Exception {
    String id = challenge();
    SignedToken<ChallengeToken> challenge = node.nextChallenge();
    SignedToken<CommitmentToken> commitment = node.commit(challenge);
    SignedToken<ReceiptToken> receipt = receiptFor(commitment);
    byte[] blob = node.open(challenge, commitment, receipt);
    node.send(new FromNode.Opening(node.opening(receipt, blob).compact()));
    FromCoordinator.BlobGet get = node.next(FromCoordinator.BlobGet.class);
    bench.log.full = true;
    node.send(new FromNode.BlobData(get.sha256(), 0, blob.length, Bytes.of(blob)));
    assertThat(bench.ended(id).state()).isEqualTo(State.VOID);
  }

  @Test
  void aRestartKeepsReceiptsAndHoldsUnwitnessedTimeAgainstNobody() throws Exception {
    String unanswered = challenge();
    node.nextChallenge();
    String committed = bench.coordinator.challenge(node.id(), "cpu:1", PROOF, false);
    SignedToken<ChallengeToken> challenge = node.nextChallenge();
    SignedToken<CommitmentToken> commitment = node.commit(challenge);
    SignedToken<ReceiptToken> receipt = receiptFor(commitment);

    bench.stop();
    node.events.clear();
    bench.start();
    node.nextWelcome();
    assertThat(node.nextReceipt()).isEqualTo(receipt);
    assertThat(bench.ended(unanswered).state()).isEqualTo(State.VOID);
    byte[] blob = node.open(challenge, commitment, receipt);
    node.send(new FromNode.Opening(node.opening(receipt, blob).compact()));
    node.serve(blob);
    assertThat(node.nextResult().token().status()).isEqualTo(Status.PASS);
    assertThat(bench.ended(committed).state()).isEqualTo(State.PASSED);
  }

  @Test
  void aResultThatWasDecidedAndPerhapsNotLoggedIsTheOnlyOne() throws Exception {
    String id = challenge();
    SignedToken<ChallengeToken> challenge = node.nextChallenge();
    SignedToken<CommitmentToken> commitment = node.commit(challenge);
    SignedToken<ReceiptToken> receipt = receiptFor(commitment);
    SignedToken<ResultToken> decided =
        Tokens.sign(
            new ResultToken(
                bench.key.id(),
                node.key.id(),
                9,
                receipt.digest(),
                Status.FAIL,
                "no opening by the receipt's expiry",
                Optional.empty()),
            bench.key);
    Proofs proofs = bench.coordinator.proofs();
    proofs.decide(id, proofs.find(id).orElseThrow().chain().with(decided));
    bench.stop();
    node.events.clear();
    bench.start();
    node.nextWelcome();

    assertThat(bench.ended(id).chain().result()).hasValue(decided);
    assertThat(bench.logged()).last().isEqualTo(decided.token());
    byte[] blob = node.open(challenge, commitment, receipt);
    node.send(new FromNode.Opening(node.opening(receipt, blob).compact()));
    assertThat(node.nextResult()).isEqualTo(decided);
  }

  @Test
  void aReceiptThatExpiredWhileTheCoordinatorWasAwayFailsSoonAfterItsStart() throws Exception {
    String id = challenge();
    receiptFor(node.commit(node.nextChallenge()));
    bench.stop();
    bench.time.pass(HOUR);
    bench.start();
    bench.time.pass(Duration.ofSeconds(1));
    assertThat(bench.ended(id).state()).isEqualTo(State.FAILED);
  }
}
