package dev.assay.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.coordinator.ProofRecord.State;
import dev.assay.crypto.Digest;
import dev.assay.proof.Commitment;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Proofs with nodes that contradict themselves, forge, stall and meddle. */
@Timeout(60)
class BadProofsTest extends ProofScript {
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
}
