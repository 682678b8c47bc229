package dev.assay.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.crypto.Digest;
import dev.assay.token.RefusalToken;
import dev.assay.token.ResultToken.Status;
import dev.assay.token.Tokens;
import dev.assay.wire.FromCoordinator;
import dev.assay.wire.FromNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever ends, the session or the agent, and wherever: the proof goes on and nothing doubles. */
class ProofResumeTest {
  private static final List<String> WHOLE =
      List.of("Challenge", "Commitment", "Receipt", "Opening", "Result");

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
  void aSessionThatEndsInEveryStateCostsNothing() throws Exception {
    host.prover.hold();
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    host.prover.awaitWork();
    reconnect();
    host.prover.reset();
    FromNode.Commitment committed = coordinator.hearLater(FromNode.Commitment.class);
    reconnect();
    assertThat(coordinator.hearLater(FromNode.Commitment.class)).isEqualTo(committed);
    host.prover.hold();
    coordinator.say(new FromCoordinator.Receipt(coordinator.receipt(committed, 1).compact()));
    host.prover.awaitWork();
    reconnect();
    host.prover.reset();
    FromNode.Opening opened = coordinator.hearLater(FromNode.Opening.class);
    reconnect();
    assertThat(coordinator.hearLater(FromNode.Opening.class)).isEqualTo(opened);
    judge(opened);
    reconnect();
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    coordinator.hearLater(FromNode.Commitment.class);
    assertThat(host.loggedTypes().subList(1, 6)).isEqualTo(WHOLE);
    assertThat(host.loggedTypes()).hasSize(8);
  }

  private void reconnect() throws Exception {
    coordinator.disconnect();
    coordinator.awaitSession();
  }

  /** The power fails at each append, before or after it is durable. */
  @ParameterizedTest
  @CsvSource({
    "0, false",
    "0, true",
    "1, false",
    "1, true",
    "2, false",
    "2, true",
    "3, false",
    "3, true",
    "4, false",
    "4, true"
  })
  void aCrashAtEachStepIsMadeGoodByTheNextAgent(int step, boolean durable) throws Exception {
    host.log.dieAfter(step, durable);
    var challenge = coordinator.sign(coordinator.challenge(ProofFlowTest.CHAIN));
    FromNode.Commitment committed = null;
    FromNode.Opening opened = null;
    coordinator.say(new FromCoordinator.Challenge(challenge.compact()));
    if (step > 1) {
      committed = coordinator.hear(FromNode.Commitment.class);
      coordinator.say(new FromCoordinator.Receipt(coordinator.receipt(committed, 1).compact()));
    }
    if (step > 3) {
      opened = coordinator.hear(FromNode.Opening.class);
      coordinator.say(result(opened));
    }
    host.event(AgentEvent.Trouble.class);
    host.crash();

    host.start();
    coordinator.say(new FromCoordinator.Challenge(challenge.compact()));
    boolean over = step == 4 && durable;
    if (!over) {
      if (opened == null) {
        if (step < 2 || (step == 2 && !durable)) {
          committed = coordinator.hearLater(FromNode.Commitment.class);
        }
        coordinator.say(new FromCoordinator.Receipt(coordinator.receipt(committed, 1).compact()));
        opened = coordinator.hearLater(FromNode.Opening.class);
      }
      coordinator.say(result(opened));
      host.event(AgentEvent.ProofJudged.class);
    } else {
      assertThat(coordinator.hearFault()).contains("nonce was used before");
    }
    List<String> types = host.loggedTypes();
    types.removeIf("Platform"::equals);
    assertThat(types).isEqualTo(WHOLE);
  }

  @Test
  void whatIsTooLateAfterARestartIsRefused() throws Exception {
    host.prover.hold();
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    host.prover.awaitWork();
    host.crash();
    host.clock.jump(Duration.ofSeconds(40));
    host.start();
    RefusalToken refusal =
        Tokens.parse(coordinator.hear(FromNode.Refusal.class).token(), RefusalToken.class).token();
    assertThat(refusal.reason()).contains("too late");
    assertThat(host.loggedTypes()).containsExactly("Platform", "Challenge", "Platform", "Refusal");
  }

  @Test
  void anAgentThatIsStoppedRefusesWhatItWasWorkingOn() throws Exception {
    host.prover.hold();
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    host.prover.awaitWork();
    host.agent.close();
    RefusalToken refusal =
        Tokens.parse(coordinator.hear(FromNode.Refusal.class).token(), RefusalToken.class).token();
    assertThat(refusal.reason()).contains("being stopped");
    assertThat(host.loggedTypes()).containsExactly("Platform", "Challenge", "Refusal");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void eachStartHasAHigherBootEpoch(int starts) throws Exception {
    for (int i = 0; i < starts; i++) {
      host.crash();
      host.begin();
      assertThat(coordinator.awaitSession().hello().bootEpoch()).isEqualTo(i + 2);
    }
  }

  private FromCoordinator.Result result(FromNode.Opening opened) {
    Digest about = Digest.of(ProofFlowTest.bytes(opened.token()));
    return new FromCoordinator.Result(coordinator.result(about, Status.PASS).compact());
  }

  private void judge(FromNode.Opening opened) throws Exception {
    coordinator.say(result(opened));
    host.event(AgentEvent.ProofJudged.class);
  }
}
