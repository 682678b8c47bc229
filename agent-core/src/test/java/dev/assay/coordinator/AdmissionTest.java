package dev.assay.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.wire.CloseCode;
import dev.assay.wire.Fault;
import dev.assay.wire.JoinToken;
import dev.assay.wire.Secret;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may enrol and who may have a session. */
@Timeout(60)
class AdmissionTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path home;
  private Bench bench;

  @BeforeEach
  void start() throws Exception {
    bench = new Bench(home);
  }

  @AfterEach
  void stop() throws Exception {
    bench.close();
  }

  private static ScriptedNode stranger(int number) {
    return new ScriptedNode(Bench.key(number));
  }

  @Test
  void aTokenEnrolsOneNodeOnceAlsoAfterARestart() throws Exception {
    JoinToken token = bench.coordinator.invite(HOUR);
    stranger(2).join(token);
    stranger(2).join(token);
    bench.stop();
    bench.start();
    assertThatThrownBy(() -> stranger(3).join(token)).hasMessageContaining("used by another node");
    assertThat(bench.coordinator.nodes().list()).hasSize(1);
  }

  @Test
  void anExpiredOrInventedTokenIsRefused() {
    JoinToken token = bench.coordinator.invite(HOUR);
    bench.time.pass(HOUR.plusSeconds(2));
    assertThatThrownBy(() -> stranger(2).join(token)).hasMessageContaining("expired");
    JoinToken invented =
        new JoinToken(
            token.address(),
            token.coordinator(),
            Secret.random(new SecureRandom()),
            token.expiry());
    assertThatThrownBy(() -> stranger(2).join(invented))
        .hasMessageContaining("not one of this coordinator's");
    assertThat(bench.coordinator.nodes().list()).isEmpty();
  }

  @Test
  void aNodeThatIsNotEnrolledHasNoSession() throws Exception {
    try (ScriptedNode stranger = stranger(2)) {
      stranger.dial(bench.coordinator.invite(HOUR));
      ScriptedNode.Ended ended = stranger.next(ScriptedNode.Ended.class);
      assertThat(ended.end().is(CloseCode.REFUSED)).isTrue();
      assertThat(ended.end().fault().orElseThrow().code()).isEqualTo(Fault.NOT_ENROLLED);
    }
  }

  @Test
  void anOldCopyOfANodeIsTurnedAwayAlsoAfterARestart() throws Exception {
    ScriptedNode node = stranger(2);
    node.join(bench.coordinator.invite(HOUR));
    node.bootEpoch = 5;
    bench.connect(node);
    bench.disconnect(node);
    bench.stop();
    bench.start();
    try (ScriptedNode copy = stranger(2)) {
      copy.bootEpoch = 4;
      copy.dial(bench.coordinator.invite(HOUR));
      assertThat(copy.next(ScriptedNode.Ended.class).end().fault().orElseThrow().message())
          .contains("boot epoch 4 is below 5");
    }
    bench.connect(node);
  }

  @Test
  void aRestartedNodeTakesItsSessionOver() throws Exception {
    ScriptedNode node = bench.node(2);
    ScriptedNode restarted = stranger(2);
    restarted.bootEpoch = 2;
    bench.connect(restarted);
    assertThat(node.next(ScriptedNode.Ended.class).end().is(CloseCode.REPLACED)).isTrue();
    Bench.await(
        () -> bench.coordinator.sessions().of(node.id()).orElseThrow().hello().bootEpoch() == 2);
  }
}
