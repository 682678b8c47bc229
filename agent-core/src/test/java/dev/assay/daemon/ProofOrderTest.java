package dev.assay.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.crypto.Digest;
import dev.assay.token.ReceiptToken;
import dev.assay.token.ResultToken.Status;
import dev.assay.token.SignedToken;
import dev.assay.token.Tokens;
import dev.assay.wire.FromCoordinator;
import dev.assay.wire.FromNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator that speaks out of turn is told so, and what it said is not logged. */
class ProofOrderTest {
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

  @Test
  void aReceiptBeforeTheCommitmentIsRejected() throws Exception {
    host.prover.hold();
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    host.prover.awaitWork();
    coordinator.say(
        new FromCoordinator.Receipt(
            coordinator.receipt(new FromNode.Commitment("a.b.c"), 1).compact()));
    assertThat(coordinator.hearFault()).contains("no open proof of this node has");
    assertThat(host.loggedTypes()).containsExactly("Platform", "Challenge");
  }

  @Test
  void aReceiptForAnotherNodeOrOfAnotherSignerIsRejected() throws Exception {
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    FromNode.Commitment committed = coordinator.hear(FromNode.Commitment.class);
    ReceiptToken genuine = coordinator.receipt(committed, 1).token();
    ReceiptToken elsewhere =
        new ReceiptToken(
            genuine.issuer(),
            FakeCoordinator.key(3).id(),
            genuine.issuedAt(),
            genuine.expiresAt(),
            genuine.commitment(),
            genuine.witnessedMs(),
            genuine.openingSeed());
    coordinator.say(new FromCoordinator.Receipt(coordinator.sign(elsewhere).compact()));
    assertThat(coordinator.hearFault()).contains("its subject is not the node");
    ReceiptToken foreign =
        new ReceiptToken(
            FakeCoordinator.key(3).id(),
            genuine.subject(),
            genuine.issuedAt(),
            genuine.expiresAt(),
            genuine.commitment(),
            genuine.witnessedMs(),
            genuine.openingSeed());
    coordinator.say(
        new FromCoordinator.Receipt(Tokens.sign(foreign, FakeCoordinator.key(3)).compact()));
    assertThat(coordinator.hearFault()).contains("not signed by");
    assertThat(host.loggedTypes()).containsExactly("Platform", "Challenge", "Commitment");
  }

  @Test
  void aReceiptWhoseTimesDisagreeIsRejected() throws Exception {
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    FromNode.Commitment committed = coordinator.hear(FromNode.Commitment.class);
    host.clock.jump(Duration.ofSeconds(10));
    coordinator.say(new FromCoordinator.Receipt(coordinator.receipt(committed, 1).compact()));
    assertThat(coordinator.hearFault()).contains("witnessed time disagrees");
    assertThat(host.loggedTypes()).containsExactly("Platform", "Challenge", "Commitment");
  }

  @Test
  void aSecondDifferentReceiptIsKeptAsEvidenceAndEndsTheProof() throws Exception {
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    FromNode.Commitment committed = coordinator.hear(FromNode.Commitment.class);
    SignedToken<ReceiptToken> first = coordinator.receipt(committed, 1);
    SignedToken<ReceiptToken> second = coordinator.receipt(committed, 2);
    coordinator.say(new FromCoordinator.Receipt(first.compact()));
    FromNode.Opening opened = coordinator.hear(FromNode.Opening.class);
    coordinator.say(new FromCoordinator.Receipt(second.compact()));
    assertThat(coordinator.hearFault()).contains("a second, different receipt");
    assertThat(host.logged(ReceiptToken.class)).containsExactly(first, second);

    coordinator.say(
        new FromCoordinator.Result(
            coordinator
                .result(Digest.of(ProofFlowTest.bytes(opened.token())), Status.PASS)
                .compact()));
    assertThat(coordinator.hearFault()).contains("no open proof of this node has");
    host.crash();
    host.start();
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    coordinator.hear(FromNode.Commitment.class);
  }

  @Test
  void aPassBeforeTheOpeningIsRejected() throws Exception {
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    FromNode.Commitment committed = coordinator.hear(FromNode.Commitment.class);
    Digest about = Digest.of(ProofFlowTest.bytes(committed.token()));
    coordinator.say(new FromCoordinator.Result(coordinator.result(about, Status.PASS).compact()));
    assertThat(coordinator.hearFault()).contains("passes what was not opened");
    coordinator.say(new FromCoordinator.Receipt(coordinator.receipt(committed, 1).compact()));
    coordinator.hear(FromNode.Opening.class);
    assertThat(host.loggedTypes())
        .containsExactly("Platform", "Challenge", "Commitment", "Receipt", "Opening");
  }

  @Test
  void aResultAboutNothingIsRejected() throws Exception {
    Digest nothing = Digest.of(ProofFlowTest.bytes("nothing"));
    coordinator.say(new FromCoordinator.Result(coordinator.result(nothing, Status.FAIL).compact()));
    assertThat(coordinator.hearFault()).contains("no open proof of this node has");
  }
}
