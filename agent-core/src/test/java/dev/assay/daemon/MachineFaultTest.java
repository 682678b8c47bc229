package dev.assay.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.token.RefusalToken;
import dev.assay.token.Tokens;
import dev.assay.wire.FromCoordinator;
import dev.assay.wire.FromNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fault of the machine is told as one; it is no failed proof by the node's own word. */
class MachineFaultTest {
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
  void aFullDiskAcknowledgesNothing() throws Exception {
    host.log.setFull(true);
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    assertThat(coordinator.hearFault()).contains("machine fault: no space left");
    assertThat(host.loggedTypes()).containsExactly("Platform");
    host.log.setFull(false);
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    coordinator.hear(FromNode.Commitment.class);
  }

  @Test
  void aCommitmentThatCannotBeLoggedIsNotSentAndTheProofGoesOnLater() throws Exception {
    host.prover.hold();
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    host.prover.awaitWork();
    host.log.setFull(true);
    host.prover.reset();
    assertThat(coordinator.hearFault()).contains("no space left");
    host.log.setFull(false);
    coordinator.disconnect();
    coordinator.awaitSession();
    coordinator.hearLater(FromNode.Commitment.class);
    assertThat(host.loggedTypes()).containsExactly("Platform", "Challenge", "Commitment");
  }

  @Test
  void aDeviceThatCannotDoTheWorkIsARefusal() throws Exception {
    host.prover.fail("the device fell off the bus");
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    RefusalToken refusal =
        Tokens.parse(coordinator.hear(FromNode.Refusal.class).token(), RefusalToken.class).token();
    assertThat(refusal.reason()).isEqualTo("machine fault on cpu:0: the device fell off the bus");
    host.prover.reset();
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    coordinator.hear(FromNode.Commitment.class);
  }

  @Test
  void aDeviceThatCannotOpenIsTriedAgainWhenAsked() throws Exception {
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    FromNode.Commitment committed = coordinator.hear(FromNode.Commitment.class);
    host.prover.fail("the device fell off the bus");
    FromCoordinator.Receipt receipt =
        new FromCoordinator.Receipt(coordinator.receipt(committed, 1).compact());
    coordinator.say(receipt);
    assertThat(coordinator.hearFault()).contains("machine fault on cpu:0");
    host.prover.reset();
    coordinator.say(receipt);
    coordinator.hear(FromNode.Opening.class);
    assertThat(host.loggedTypes())
        .containsExactly("Platform", "Challenge", "Commitment", "Receipt", "Opening");
  }
}
