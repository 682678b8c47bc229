package dev.assay.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.control.ControlException;
import dev.assay.coordinator.ProofRecord.State;
import dev.assay.crypto.Digest;
import dev.assay.proof.Commitment;
import dev.assay.proof.HashChain;
import dev.assay.proof.OpenedChunk;
import dev.assay.proof.Opening;
import dev.assay.proof.OpeningBlob;
import dev.assay.token.ChallengeToken;
import dev.assay.token.CommitmentToken;
import dev.assay.token.OpeningToken;
import dev.assay.token.ReceiptToken;
import dev.assay.token.RefusalToken;
import dev.assay.token.ResultToken;
import dev.assay.token.ResultToken.Status;
import dev.assay.token.SignedToken;
import dev.assay.wire.Bytes;
import dev.assay.wire.Fault;
import dev.assay.wire.FromCoordinator;
import dev.assay.wire.FromNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Proofs from challenge to result, with nodes that keep to the rules and nodes that do not. */
@Timeout(60)
class ProofsTest {
  /** Small; its deadline is 750 ms for the network and half as much again for the work. */
  private static final HashChain PROOF = new HashChain(2, 4, 500, 8);

  private static final Duration WORK = Duration.ofMillis(620);
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path home;
  private Bench bench;
  private ScriptedNode node;

  @BeforeEach
  void start() throws Exception {
    bench = new Bench(home);
    node = bench.node(2);
  }

  @AfterEach
  void stop() throws Exception {
    bench.close();
  }

  private String challenge() throws Exception {
    return bench.coordinator.challenge(node.id(), "cpu:0", PROOF, false);
  }

  private SignedToken<ReceiptToken> receiptFor(SignedToken<CommitmentToken> commitment)
      throws Exception {
    node.send(new FromNode.Commitment(commitment.compact()));
    return node.nextReceipt();
  }

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
  void anOpeningWhoseBytesDoNotComeFailsAtTheExpiry() throws Exception {
    String id = challenge();
    SignedToken<ReceiptToken> receipt = receiptFor(node.commit(node.nextChallenge()));
    node.send(new FromNode.Opening(node.opening(receipt, new byte[100]).compact()));
    FromCoordinator.BlobGet get = node.next(FromCoordinator.BlobGet.class);
    node.send(new FromNode.BlobData(get.sha256(), 50, 100, Bytes.of(new byte[10])));
    node.send(new FromNode.BlobData(get.sha256(), 0, 99, Bytes.of(new byte[99])));
    bench.time.pass(HOUR);
    assertThat(bench.ended(id).reason()).contains("bytes did not come");
  }

  @Test
  void aSecondDifferentCommitmentFailsTheProofAndIsKept() throws Exception {
    String id = challenge();
    SignedToken<ChallengeToken> challenge = node.nextChallenge();
    SignedToken<CommitmentToken> first = node.commit(challenge);
    receiptFor(first);
    node.send(
        new FromNode.Commitment(
            node.commitment(challenge, new Commitment(first.token().roots()), 6).compact()));
    assertThat(node.nextFault().code()).isEqualTo(Fault.REFUSED);
    assertThat(node.nextResult().token().status()).isEqualTo(Status.FAIL);
    assertThat(bench.ended(id).reason()).contains("second, different commitment");
    assertThat(bench.logged().stream().filter(CommitmentToken.class::isInstance)).hasSize(2);
  }

  @Test
  void evidenceAfterAPassIsKeptOnceAndTheResultStands() throws Exception {
    String id = challenge();
    SignedToken<ChallengeToken> challenge = node.nextChallenge();
    SignedToken<CommitmentToken> commitment = node.commit(challenge);
    SignedToken<ReceiptToken> receipt = receiptFor(commitment);
    byte[] blob = node.open(challenge, commitment, receipt);
    node.send(new FromNode.Opening(node.opening(receipt, blob).compact()));
    node.serve(blob);
    SignedToken<ResultToken> result = node.nextResult();
    bench.ended(id);
    for (int other = 10; other < 13; other++) {
      node.send(
          new FromNode.Commitment(
              node.commitment(challenge, new Commitment(commitment.token().roots()), other)
                  .compact()));
      node.nextFault();
      assertThat(node.nextResult()).isEqualTo(result);
    }
    assertThat(bench.logged()).hasSize(6);
  }

  @Test
  void aCommitmentThatIsNotToWhatWasAskedFailsWithTheReason() throws Exception {
    String id = challenge();
    SignedToken<ChallengeToken> challenge = node.nextChallenge();
    receiptFor(node.commitment(challenge, new Commitment(List.of()), 5));
    assertThat(node.nextResult().token().status()).isEqualTo(Status.FAIL);
    assertThat(bench.ended(id).reason()).isEqualTo("the commitment has 0 roots, not 1");
  }

  @Test
  void forgedAndForeignOpeningsFailWithTheReason() throws Exception {
    String forged = challenge();
    SignedToken<ChallengeToken> challenge = node.nextChallenge();
    SignedToken<CommitmentToken> commitment = node.commit(challenge);
    SignedToken<ReceiptToken> receipt = receiptFor(commitment);
    byte[] blob = altered(node.open(challenge, commitment, receipt));
    node.send(new FromNode.Opening(node.opening(receipt, blob).compact()));
    node.serve(blob);
    assertThat(node.nextResult().token().reason()).startsWith("check 0");
    bench.ended(forged);
    assertThat(bench.log.blob(Digest.of(blob))).hasValue(blob);

    challenge();
    SignedToken<ReceiptToken> second = receiptFor(node.commit(node.nextChallenge()));
    byte[] garbage = new byte[3000];
    node.send(new FromNode.Opening(node.opening(second, garbage).compact()));
    node.serve(garbage);
    assertThat(node.nextResult().token().reason()).startsWith("the opening cannot be read");
    Bench.await(this::newestHasEnded);

    challenge();
    SignedToken<ReceiptToken> third = receiptFor(node.commit(node.nextChallenge()));
    OpeningToken huge =
        new OpeningToken(node.key.id(), 1, third.digest(), Digest.of(garbage), 1L << 40);
    node.send(new FromNode.Opening(node.sign(huge).compact()));
    assertThat(node.nextResult().token().reason()).contains("more than the");
  }

  /** The same opening with one bit of its first chunk changed. */
  private static byte[] altered(byte[] blob) {
    Opening opening = OpeningBlob.decode(blob, PROOF);
    byte[] chunk = opening.checks().getFirst().getFirst().chunk().clone();
    chunk[0] ^= 1;
    List<OpenedChunk> first = new ArrayList<>(opening.checks().getFirst());
    first.set(0, new OpenedChunk(chunk, first.getFirst().path()));
    List<List<OpenedChunk>> checks = new ArrayList<>(opening.checks());
    checks.set(0, first);
    return OpeningBlob.encode(new Opening(checks));
  }

  private boolean newestHasEnded() {
    return bench.coordinator.proofs().list(node.id(), 1).getFirst().state().isFinal();
  }

  @Test
  void bytesOtherThanThoseAnnouncedFail() throws Exception {
    String id = challenge();
    SignedToken<ReceiptToken> receipt = receiptFor(node.commit(node.nextChallenge()));
    byte[] announced = {1, 2, 3};
    node.send(new FromNode.Opening(node.opening(receipt, announced).compact()));
    FromCoordinator.BlobGet get = node.next(FromCoordinator.BlobGet.class);
    node.send(new FromNode.BlobData(get.sha256(), 0, 3, Bytes.of(new byte[] {1, 2, 4})));
    assertThat(node.nextResult().token().reason()).contains("not those that were announced");
    assertThat(bench.ended(id).state()).isEqualTo(State.FAILED);
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
  void whatHasNoPlaceIsAnsweredAndChangesNothing() throws Exception {
    String id = challenge();
    SignedToken<ChallengeToken> challenge = node.nextChallenge();
    SignedToken<CommitmentToken> commitment = node.commit(challenge);
    SignedToken<ReceiptToken> receipt = receiptFor(commitment);

    node.send(new FromNode.Refusal(node.sign(refusal(challenge)).compact()));
    assertThat(node.nextFault().message()).contains("committed");
    node.send(
        new FromNode.Opening(
            node.sign(
                    new OpeningToken(
                        node.key.id(), 1, challenge.digest(), Digest.of(new byte[1]), 1))
                .compact()));
    assertThat(node.nextFault().message()).contains("answers nothing");
    node.send(new FromNode.Commitment("e30.e30.c2ln"));
    assertThat(node.nextFault().code()).isEqualTo(Fault.REFUSED);
    node.send(new FromNode.BlobData(Digest.of(new byte[1]), 0, 1, Bytes.of(new byte[] {0})));

    assertThat(bench.coordinator.proof(id).state()).isEqualTo(State.COMMITTED);
    assertThat(receiptFor(commitment)).isEqualTo(receipt);
  }

  private RefusalToken refusal(SignedToken<ChallengeToken> challenge) {
    return new RefusalToken(node.key.id(), 5, challenge.digest(), "no", Map.of());
  }

  @Test
  void anotherNodeCannotAnswerForIt() throws Exception {
    ScriptedNode other = bench.node(3);
    String id = challenge();
    SignedToken<ChallengeToken> challenge = node.nextChallenge();
    CommitmentToken own = node.commit(challenge).token();
    CommitmentToken stolen =
        new CommitmentToken(
            other.key.id(),
            own.issuedAt(),
            own.nonce(),
            own.ueid(),
            own.challenge(),
            own.device(),
            own.proof(),
            own.roots(),
            own.elapsedMs());
    other.send(new FromNode.Commitment(other.sign(stolen).compact()));
    assertThat(other.nextFault().message()).contains("answers nothing");
    other.send(new FromNode.Commitment(node.commit(challenge).compact()));
    assertThat(other.nextFault().message()).contains("not signed by");
    assertThat(bench.coordinator.proof(id).state()).isEqualTo(State.CHALLENGED);
    receiptFor(node.commit(challenge));
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
  void aReceiptThatExpiredWhileTheCoordinatorWasAwayFailsSoonAfterItsStart() throws Exception {
    String id = challenge();
    receiptFor(node.commit(node.nextChallenge()));
    bench.stop();
    bench.time.pass(HOUR);
    bench.start();
    bench.time.pass(Duration.ofSeconds(1));
    assertThat(bench.ended(id).state()).isEqualTo(State.FAILED);
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
