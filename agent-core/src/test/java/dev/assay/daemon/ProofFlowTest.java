package dev.assay.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.crypto.Digest;
import dev.assay.proof.DeviceSeed;
import dev.assay.proof.HashChain;
import dev.assay.proof.Matmul;
import dev.assay.proof.MemoryFill;
import dev.assay.proof.Opening;
import dev.assay.proof.OpeningBlob;
import dev.assay.proof.Proof;
import dev.assay.proof.Verdict;
import dev.assay.proof.Verifier;
import dev.assay.token.ChallengeToken;
import dev.assay.token.CommitmentToken;
import dev.assay.token.OpeningToken;
import dev.assay.token.PlatformToken;
import dev.assay.token.ReceiptToken;
import dev.assay.token.ResultToken;
import dev.assay.token.ResultToken.Status;
import dev.assay.token.SignedToken;
import dev.assay.token.Tokens;
import dev.assay.wire.FromCoordinator;
import dev.assay.wire.FromNode;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProofFlowTest {
  static final Proof CHAIN = new HashChain(2, 4, 50, 3);

  @TempDir Path home;
  private TestHost host;
  private FakeCoordinator coordinator;

  @BeforeEach
  void start() throws Exception {
    host = new TestHost(home).start();
    coordinator = host.coordinator;
  }

  @AfterEach
  void stop() throws Exception {
    host.close();
  }

  static List<Proof> proofs() {
    return List.of(CHAIN, new Matmul(128, 2, 4), new MemoryFill(1024, 4, 8));
  }

  @ParameterizedTest
  @MethodSource("proofs")
  void aProofGoesFromChallengeToResultAndEveryTokenIsInTheLog(Proof proof) throws Exception {
    SignedToken<ChallengeToken> challenge = coordinator.challengeNode(proof);
    FromNode.Commitment committed = coordinator.hear(FromNode.Commitment.class);
    SignedToken<CommitmentToken> commitment =
        Tokens.verify(committed.token(), CommitmentToken.class, TestHost.KEY.publicKey());
    SignedToken<ReceiptToken> receipt = coordinator.receipt(committed, 1);
    coordinator.say(new FromCoordinator.Receipt(receipt.compact()));
    SignedToken<OpeningToken> opening =
        Tokens.verify(
            coordinator.hear(FromNode.Opening.class).token(),
            OpeningToken.class,
            TestHost.KEY.publicKey());
    Opening opened = OpeningBlob.decode(fetch(opening.token()), proof);

    DeviceSeed seed =
        DeviceSeed.of(challenge.token().nonce(), TestHost.KEY.id().value(), "cpu:0", proof);
    assertThat(
            new Verifier()
                .verify(
                    proof, seed, commitment.token().roots(), receipt.token().openingSeed(), opened))
        .isEqualTo(new Verdict.Pass());

    SignedToken<ResultToken> result = coordinator.result(opening.digest(), Status.PASS);
    coordinator.say(new FromCoordinator.Result(result.compact()));
    AgentEvent.ProofJudged judged = host.event(AgentEvent.ProofJudged.class);
    assertThat(judged.result()).isEqualTo(result.token());
    assertThat(judged.witnessedMs()).hasValue(100);
    assertThat(host.loggedTypes())
        .containsExactly("Platform", "Challenge", "Commitment", "Receipt", "Opening", "Result");
    assertThat(host.logged(ResultToken.class)).containsExactly(result);
    assertThat(commitment.token().challenge()).isEqualTo(challenge.digest());
  }

  @Test
  void theHelloCarriesTheEvidenceThatIsInTheLogAndTheCheckpoint() throws Exception {
    host.stop();
    host.begin();
    FromNode.Hello hello = coordinator.awaitSession().hello();
    SignedToken<PlatformToken> evidence = host.logged(PlatformToken.class).getLast();
    assertThat(hello.platform()).isEqualTo(evidence.compact());
    assertThat(hello.bootEpoch()).isEqualTo(2);
    assertThat(hello.devices()).containsExactly("cpu:0");
    assertThat(hello.checkpoint()).startsWith(TestHost.ORIGIN + "\n2\n");
  }

  @Test
  void aRepeatedMessageIsAnsweredWithTheSameBytesAndLoggedOnce() throws Exception {
    SignedToken<ChallengeToken> challenge = coordinator.challengeNode(CHAIN);
    FromNode.Commitment committed = coordinator.hear(FromNode.Commitment.class);
    coordinator.say(new FromCoordinator.Challenge(challenge.compact()));
    assertThat(coordinator.hear(FromNode.Commitment.class)).isEqualTo(committed);

    FromCoordinator.Receipt receipt =
        new FromCoordinator.Receipt(coordinator.receipt(committed, 1).compact());
    coordinator.say(receipt);
    FromNode.Opening opened = coordinator.hear(FromNode.Opening.class);
    coordinator.say(receipt);
    assertThat(coordinator.hear(FromNode.Opening.class)).isEqualTo(opened);

    FromCoordinator.Result result =
        new FromCoordinator.Result(
            coordinator.result(Digest.of(bytes(opened.token())), Status.PASS).compact());
    coordinator.say(result);
    coordinator.say(result);
    host.event(AgentEvent.ProofJudged.class);
    coordinator.challengeNode(CHAIN);
    coordinator.hear(FromNode.Commitment.class);
    assertThat(host.loggedTypes())
        .containsExactly(
            "Platform",
            "Challenge",
            "Commitment",
            "Receipt",
            "Opening",
            "Result",
            "Challenge",
            "Commitment");
  }

  @Test
  void aPieceOfABlobBeyondItsEndOrOfNoBlobIsRefused() throws Exception {
    coordinator.say(new FromCoordinator.BlobGet(Digest.of(bytes("nothing")), 0, 10));
    assertThat(coordinator.hearFault()).contains("has no blob");
  }

  @Test
  void aFailedResultWhileTheWorkGoesOnEndsTheWork() throws Exception {
    host.prover.hold();
    SignedToken<ChallengeToken> challenge = coordinator.challengeNode(CHAIN);
    host.prover.awaitWork();
    coordinator.say(
        new FromCoordinator.Result(coordinator.result(challenge.digest(), Status.FAIL).compact()));
    host.event(AgentEvent.ProofJudged.class);
    host.prover.awaitInterrupt();
    assertThat(host.loggedTypes()).containsExactly("Platform", "Challenge", "Result");
  }

  private byte[] fetch(OpeningToken opening) throws InterruptedException {
    ByteArrayOutputStream blob = new ByteArrayOutputStream();
    while (blob.size() < opening.size()) {
      coordinator.say(new FromCoordinator.BlobGet(opening.blob(), blob.size(), 1000));
      FromNode.BlobData piece = coordinator.hear(FromNode.BlobData.class);
      assertThat(piece.size()).isEqualTo(opening.size());
      blob.writeBytes(piece.data().toByteArray());
    }
    assertThat(Digest.of(blob.toByteArray())).isEqualTo(opening.blob());
    return blob.toByteArray();
  }

  static byte[] bytes(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }
}
