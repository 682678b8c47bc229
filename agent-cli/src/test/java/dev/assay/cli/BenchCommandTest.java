package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
  @TempDir Path directory;

  @Test
  void theHostIsMeasuredAndOnlyThePageIsLeft() throws Exception {
    Path page = directory.resolve("bench.html");

    Invocation bench =
        Invocation.of(
            directory,
            "bench",
            "--quick",
            "--device",
            "cpu:0",
            "--json",
            "--html",
            page.toString());

    assertThat(bench.exitCode()).as(bench.err()).isZero();
    JsonNode device = new ObjectMapper().readTree(bench.out()).at("/devices/0");
    assertThat(device.path("id").asText()).isEqualTo("cpu:0");
    assertThat(device.path("figures").findValuesAsText("topic"))
        .contains("memory", "processors", "disk");
    assertThat(device.path("figures").findValues("median")).isNotEmpty();
    assertThat(Files.readString(page)).contains("cpu:0", "</html>");
    assertThat(bench.err()).isEqualTo("The page is " + page + ".\n");
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).containsExactly(page);
    }
  }

  @Test
  void whatCannotBeDoneIsSaidBeforeAnythingIsMeasured() {
    Invocation device = Invocation.of(directory, "bench", "--device", "cuda:9");
    Invocation disk = Invocation.of(directory, "bench", "--disk", "/etc/passwd");
    Invocation html = Invocation.of(directory, "bench", "--html", "/nowhere/bench.html");

    assertThat(device.exitCode()).isEqualTo(2);
    assertThat(device.err()).contains("There is no device cuda:9 to measure; there is cpu:0");
    assertThat(disk.err()).isEqualTo("assay: --disk /etc/passwd is not a directory.\n");
    assertThat(html.err()).startsWith("assay: --html /nowhere/bench.html cannot be written");
  }
}
