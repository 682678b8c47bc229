package dev.assay.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.control.ControlClient;
import dev.assay.control.ControlException;
import dev.assay.control.ControlServer;
import dev.assay.json.StrictJson;
import dev.assay.proof.Proof;
import dev.assay.token.ChallengeToken;
import dev.assay.token.ResultToken;
import dev.assay.token.SignedToken;
import dev.assay.wire.FromCoordinator;
import dev.assay.wire.FromNode;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentControlTest {
  @TempDir Path home;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private TestHost host;
  private ControlServer server;
  private ControlClient client;

  @BeforeEach
  void start() throws Exception {
    host = new TestHost(home).start();
    Path socket = home.resolve("run/agent.sock");
    server = ControlServer.start(socket, host.agent.control(stopped::countDown));
    client = new ControlClient(socket);
  }

  @AfterEach
  void stop() throws Exception {
    host.prover.reset();
    server.close();
    host.close();
  }

  @Test
  void theStatusShowsSessionDeviceProofAndResult() throws Exception {
    host.prover.hold();
    SignedToken<ChallengeToken> challenge = host.coordinator.challengeNode(ProofFlowTest.CHAIN);
    host.prover.awaitWork();
    JsonNode status = client.get("/status").raw();
    assertThat(status.path("node").asText()).isEqualTo(TestHost.KEY.id().value());
    assertThat(status.at("/session/state").asText()).isEqualTo("connected");
    assertThat(status.at("/session/coordinator").asText()).isEqualTo("the fake coordinator");
    assertThat(status.at("/log/size").asLong()).isEqualTo(2);
    assertThat(status.at("/devices/0/work/proof/name").asText()).isEqualTo("hash-chain");
    assertThat(status.at("/proofs/0/challenge").asText()).isEqualTo(challenge.digest().base64Url());
    assertThat(status.at("/proofs/0/state").asText()).isEqualTo("challenged");
    assertThat(status.at("/notes/0").asText()).isEqualTo(TestHost.NOTE);

    host.coordinator.say(
        new FromCoordinator.Result(
            host.coordinator.result(challenge.digest(), ResultToken.Status.FAIL).compact()));
    host.event(AgentEvent.ProofJudged.class);
    status = client.get("/status").raw();
    assertThat(status.at("/results/0/status").asText()).isEqualTo("fail");
    assertThat(status.path("proofs")).isEmpty();
  }

  @Test
  void aSelfTestRunsEveryKindAndIsLoggedAsTheNodesOwn() throws Exception {
    List<SelfTestResult> results = new ArrayList<>();
    try (InputStream lines = client.stream("/prove?memory=65536")) {
      SelfTestLines.read(lines, collecting(results));
    }
    assertThat(results)
        .extracting(result -> result.proof().name(), SelfTestResult::status)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("memory-fill", SelfTestResult.Status.PASS),
            org.assertj.core.groups.Tuple.tuple("matmul", SelfTestResult.Status.PASS),
            org.assertj.core.groups.Tuple.tuple("hash-chain", SelfTestResult.Status.PASS));
    assertThat(host.logged(ResultToken.class))
        .hasSize(3)
        .allSatisfy(
            result -> {
              assertThat(result.token().issuer()).isEqualTo(TestHost.KEY.id());
              assertThat(result.token().proven()).isEmpty();
            });
  }

  private static SelfTest.Sink collecting(List<SelfTestResult> results) {
    return new SelfTest.Sink() {
      @Override
      public void progress(String device, Proof proof, double share) {
        assertThat(share).isBetween(0.0, 1.0);
      }

      @Override
      public void result(SelfTestResult result) {
        results.add(result);
      }
    };
  }

  @Test
  void aSelfTestWaitsForTheCoordinatorsProof() throws Exception {
    host.coordinator.challengeNode(ProofFlowTest.CHAIN);
    host.coordinator.hear(FromNode.Commitment.class);
    assertThatThrownBy(() -> client.stream("/prove"))
        .isInstanceOf(ControlException.class)
        .hasMessageContaining("is under way");
  }

  @Test
  void whatCannotBeIsRefusedInASentence() {
    assertThatThrownBy(() -> client.stream("/prove?device=gpu:7"))
        .hasMessageContaining("there is no device gpu:7, only cpu:0");
    assertThatThrownBy(() -> client.stream("/prove?memory=99999999999"))
        .hasMessageContaining("67108864 are free on cpu:0");
    assertThatThrownBy(() -> client.stream("/prove?memory=-1"))
        .hasMessageContaining("memory is a number of bytes");
    assertThatThrownBy(() -> client.get("/nothing")).hasMessageContaining("GET /status");
  }

  @Test
  void anAgentIsAskedToStop() throws Exception {
    client.post("/stop", StrictJson.newObject());
    assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
  }
}
