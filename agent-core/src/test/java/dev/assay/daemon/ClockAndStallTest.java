package dev.assay.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.token.ChallengeToken;
import dev.assay.token.ReceiptToken;
import dev.assay.token.SignedToken;
import dev.assay.wire.FromCoordinator;
import dev.assay.wire.FromNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockAndStallTest {
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
  void aClockThatJumpsAheadIsNamedAndForgottenWhenItIsSetRight() throws Exception {
    SignedToken<ChallengeToken> challenge =
        coordinator.sign(coordinator.challenge(ProofFlowTest.CHAIN));
    host.clock.jump(Duration.ofDays(400));
    coordinator.say(new FromCoordinator.Challenge(challenge.compact()));
    assertThat(coordinator.hearFault()).contains("expired", "set the node's clock");
    host.clock.jump(Duration.ofDays(-400));
    coordinator.say(new FromCoordinator.Challenge(challenge.compact()));
    coordinator.hear(FromNode.Commitment.class);
  }

  @Test
  void aClockThatIsALittleAheadDoesNoHarm() throws Exception {
    SignedToken<ChallengeToken> challenge =
        coordinator.sign(coordinator.challenge(ProofFlowTest.CHAIN));
    host.clock.jump(Duration.ofMinutes(3));
    coordinator.say(new FromCoordinator.Challenge(challenge.compact()));
    FromNode.Commitment committed = coordinator.hear(FromNode.Commitment.class);
    host.clock.jump(Duration.ofMinutes(-3));
    SignedToken<ReceiptToken> receipt = coordinator.receipt(committed, 1);
    host.clock.jump(Duration.ofMinutes(3));
    coordinator.say(new FromCoordinator.Receipt(receipt.compact()));
    coordinator.hear(FromNode.Opening.class);
  }

  @Test
  void aClockThatJumpsBackDuringAProofDoesNoHarm() throws Exception {
    host.prover.hold();
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    host.prover.awaitWork();
    host.clock.jump(Duration.ofDays(-3));
    host.prover.reset();
    FromNode.Commitment committed = coordinator.hear(FromNode.Commitment.class);
    host.clock.jump(Duration.ofDays(3));
    SignedToken<ReceiptToken> receipt = coordinator.receipt(committed, 1);
    host.clock.jump(Duration.ofDays(-3));
    coordinator.say(new FromCoordinator.Receipt(receipt.compact()));
    coordinator.hear(FromNode.Opening.class);
  }

  @Test
  void aCoordinatorThatStallsHoldsADeviceNoLongerThanItsChallengeSays() throws Exception {
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    FromNode.Commitment first = coordinator.hear(FromNode.Commitment.class);
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    coordinator.hear(FromNode.Refusal.class);
    SignedToken<ReceiptToken> late = coordinator.receipt(first, 1);
    host.clock.jump(Duration.ofMinutes(2));
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    coordinator.hear(FromNode.Commitment.class);
    host.clock.jump(Duration.ofMinutes(20));
    coordinator.say(new FromCoordinator.Receipt(late.compact()));
    assertThat(coordinator.hearFault()).contains("the receipt expired at");
  }
}
