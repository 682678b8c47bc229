package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent with a GPU, and a coordinator that challenges it. */
class ChallengeOnGpuTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final EmulatedGpu GPU = new EmulatedGpu("sms=1;mem=1.3M");

  private static final int TRIES = 4;

  @TempDir Path directory;
  private Process coordinator;
  private Process agent;

  @AfterEach
  void end() throws Exception {
    for (Process process : new Process[] {agent, coordinator}) {
      if (process != null) {
        process.getOutputStream().close();
        process.waitFor();
      }
    }
  }

  @Test
  void aGpuIsShownAndAskedForWhatItDoes() throws Exception {
    Path desk = Files.createDirectory(directory.resolve("coordinator"));
    Path node = Files.createDirectory(directory.resolve("node"));
    startCoordinator(desk);
    JsonNode ready = new ObjectMapper().readTree(directory.resolve("ready.json").toFile());
    Invocation join = GPU.run(node, "join", ready.path("token").asText());
    assertThat(join.exitCode()).as(join.err()).isZero();
    Path log = directory.resolve("node.log");
    agent = GPU.start(node, log, "run", "--parent-stdin");
    await(log, "connected to");
    assertThat(Files.readString(log)).contains("devices cpu:0, cuda:0");
    String id = Invocation.of(desk, "node", "list", "--json").out();
    String key = new ObjectMapper().readTree(id).at("/nodes/0/id").asText();

    Invocation all = challenge(desk, key);
    assertThat(all.exitCode()).as(all.out() + all.err()).isZero();
    JsonNode proofs = new ObjectMapper().readTree(all.out()).path("proofs");
    assertThat(proofs.findValuesAsText("parameters"))
        .satisfiesExactly(
            fill -> assertThat(fill).matches("memory-fill/[0-9]+/16/16"),
            product -> assertThat(product).matches("matmul/[0-9]+/4/s8/16"));
    assertThat(proofs.get(0).at("/proven/bytes").asLong()).isGreaterThan(1_000_000);

    Invocation chain =
        Invocation.of(desk, "challenge", key, "--device", "cuda:0", "--proof", "hash-chain");
    assertThat(chain.exitCode()).isNotZero();
    assertThat(chain.err()).contains("hash-chain measures processors and cuda:0 is a GPU");

    assertThat(Invocation.of(node, "status").out()).contains("device   cuda:0 idle");
  }

  /** The deadline is a GPU's, and this one is processors that other tests may be using. */
  private static Invocation challenge(Path desk, String node) {
    Invocation all = Invocation.of(desk, "challenge", node, "--device", "cuda:0", "--json");
    for (int again = 0; again < TRIES && all.out().contains("past the deadline"); again++) {
      all = Invocation.of(desk, "challenge", node, "--device", "cuda:0", "--json");
    }
    return all;
  }

  private void startCoordinator(Path home) throws Exception {
    Path log = directory.resolve("coordinator.log");
    Path ready = directory.resolve("ready.json");
    coordinator =
        GPU.start(
            home,
            log,
            "coordinator",
            "--listen",
            "127.0.0.1:0",
            "--challenge-every",
            "0s",
            "--proof-seconds",
            "0.5",
            "--ready",
            ready.toString(),
            "--parent-stdin");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (Files.notExists(ready)) {
      assertThat(System.nanoTime()).as(Files.readString(log)).isLessThan(end);
      Thread.sleep(50);
    }
  }

  private static void await(Path log, String words) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.readString(log).contains(words)) {
      assertThat(System.nanoTime()).as(Files.readString(log)).isLessThan(end);
      Thread.sleep(50);
    }
  }
}
