package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.json.StrictJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole of Assay with real processes: what {@code packaging/quickstart} runs once it has built.
 */
class QuickstartTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path directory;

  @Test
  void provesTheHostRunsAJobAndLeavesALogThatHolds() throws Exception {
    Path root = directory.resolve("demo");
    Invocation run = quickstart(root);
    if (run.out().contains("deadline")) {
      // A GPU's deadline, and this one is processors that other tests may be using.
      root = directory.resolve("again");
      run = quickstart(root);
    }
    assertThat(run.exitCode()).as(run.out() + run.err() + logs(root)).isZero();
    assertThat(run.out())
        .contains("Hello from a job of")
        .contains("step 3 of 3")
        .containsPattern("cpu:0 memory-fill/[0-9]+/4/16 +passed")
        .containsPattern("cpu:0 hash-chain/[0-9/]+ +passed")
        .containsPattern("cuda:0 +described +Emulated GPU, 1 multiprocessors")
        .containsPattern("cuda:0 memory-fill/[0-9]+/16/16 +passed")
        .containsPattern("cuda:0 matmul/[0-9]+/4/s8/16 +passed")
        .doesNotContain("cuda:0 hash-chain")
        .containsPattern("audit +holds");
    JsonNode audit =
        StrictJson.object(Files.readAllBytes(root.resolve("audit.json")), "audit").raw();
    assertThat(audit.path("holds").asBoolean()).isTrue();
    assertThat(audit.path("logs")).hasSize(2);
    assertThat(audit.path("logs").get(0).path("openings").asInt()).isEqualTo(5);

    Invocation replay =
        Invocation.plain(
            Map.of(),
            "audit",
            root.resolve("node").toString(),
            root.resolve("coordinator").toString());
    assertThat(replay.exitCode()).as(replay.out()).isZero();

    Invocation again = Invocation.plain(Map.of(), "quickstart", root.toString());
    assertThat(again.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(again.err()).contains("is not empty");
    assertThat(ownDescendants()).isEmpty();
  }

  private Invocation quickstart(Path root) throws Exception {
    return new EmulatedGpu("sms=1;mem=1.3M").run(directory, "quickstart", root.toString());
  }

  @Test
  void leavesNoProcessWhenItIsInterrupted() throws Exception {
    Path root = directory.resolve("interrupted");
    Path log = directory.resolve("interrupted.log");
    try (Child quickstart = Child.start(log, "quickstart", root.toString())) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!Files.readString(log).contains("has a session")) {
        assertThat(System.nanoTime()).as(Files.readString(log)).isLessThan(end);
        Thread.sleep(50);
      }
      List<ProcessHandle> started = ownDescendants();
      assertThat(started).hasSizeGreaterThanOrEqualTo(3);
      new ProcessBuilder("kill", "-INT", Long.toString(started.getFirst().pid())).start().waitFor();
      for (ProcessHandle process : started) {
        process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    }
    assertThat(ownDescendants()).isEmpty();
  }

  private static List<ProcessHandle> ownDescendants() {
    return ProcessHandle.current().descendants().filter(ProcessHandle::isAlive).toList();
  }

  private static String logs(Path root) throws Exception {
    StringBuilder all = new StringBuilder();
    if (Files.exists(root)) {
      try (Stream<Path> files = Files.list(root)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".log")).toList()) {
          all.append("\n== ")
              .append(file.getFileName())
              .append('\n')
              .append(Files.readString(file));
        }
      }
    }
    return all.toString();
  }
}
