package dev.assay.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.log.AddCheckpoint;
import dev.assay.log.AddCheckpointAnswer;
import dev.assay.log.NoteKey;
import dev.assay.log.TreeHead;
import dev.assay.log.Witness;
import dev.assay.wire.FromCoordinator;
import dev.assay.wire.FromNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  private static final NoteKey LOG = NoteKey.ofLog(TestHost.ORIGIN, TestHost.KEY.publicKey());

  @TempDir Path home;
  private TestHost host;
  private FakeCoordinator coordinator;
  private Witness witness;
  private TreeHead known = TreeHead.EMPTY;

  @BeforeEach
  void start() throws Exception {
    host = new TestHost(home).start();
    coordinator = host.coordinator;
    witness = new Witness("witness.example", FakeCoordinator.KEY, host.clock);
  }

  @AfterEach
  void stop() throws Exception {
    host.close();
  }

  private AddCheckpoint request() throws Exception {
    return AddCheckpoint.parse(
        coordinator
            .hearLater(FromNode.AddCheckpoint.class)
            .body()
            .getBytes(StandardCharsets.UTF_8));
  }

  private void cosign(AddCheckpoint request) {
    AddCheckpointAnswer answer = witness.answer(request, LOG, known);
    assertThat(answer).isInstanceOf(AddCheckpointAnswer.Cosigned.class);
    known = dev.assay.log.SignedCheckpoint.open(request.checkpoint(), LOG).head();
    coordinator.say(
        new FromCoordinator.Cosigned(
            known.size(), new String(answer.body(), StandardCharsets.UTF_8)));
  }

  @Test
  void eachCheckpointContinuesTheOneThatWasCosignedBefore() throws Exception {
    cosign(request());
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    AddCheckpoint next = request();
    assertThat(next.oldSize()).isEqualTo(1);
    cosign(next);
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    request();
    assertThat(host.log.witnessed().orElseThrow().cosignedBy(List.of(witness.noteKey())))
        .containsExactly(witness.noteKey());
  }

  @Test
  void aWitnessThatIsElsewhereIsMetThere() throws Exception {
    cosign(request());
    coordinator.disconnect();
    coordinator.awaitSession();
    AddCheckpoint fromNothing = request();
    assertThat(fromNothing.oldSize()).isZero();
    coordinator.say(new FromCoordinator.CosignRefused(1, "conflict", "it must start at 1"));
    coordinator.challengeNode(ProofFlowTest.CHAIN);
    cosign(request());
  }

  @Test
  void aCosignatureThatDoesNotHoldIsRejected() throws Exception {
    AddCheckpoint request = request();
    AddCheckpointAnswer foreign =
        new Witness("witness.example", FakeCoordinator.key(3), host.clock)
            .answer(request, LOG, known);
    coordinator.say(
        new FromCoordinator.Cosigned(1, new String(foreign.body(), StandardCharsets.UTF_8)));
    coordinator.hearFault();
    assertThat(host.log.witnessed()).isEmpty();
    coordinator.say(new FromCoordinator.Cosigned(7, "x\n"));
    assertThat(coordinator.hearFault()).contains("of size 7");
  }

  @Test
  void aRefusalIsReported() throws Exception {
    request();
    coordinator.say(new FromCoordinator.CosignRefused(0, "bad-proof", "two histories"));
    assertThat(host.event(AgentEvent.Trouble.class).sentence()).contains("two histories");
  }
}
