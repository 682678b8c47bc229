package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchOnGpuTest {
  @TempDir Path home;

  @Test
  void aGpuIsMeasuredAsAnyDevice() throws Exception {
    Invocation bench =
        new EmulatedGpu("sms=1;mem=64M;attribute.38=1048576;event_scale=0.01")
            .run(home, "bench", "--quick", "--device", "cuda:0", "--json");

    assertThat(bench.exitCode()).as(bench.err()).isZero();
    JsonNode device = new ObjectMapper().readTree(bench.out()).at("/devices/0");
    assertThat(device.path("id").asText()).isEqualTo("cuda:0");
    assertThat(device.path("figures").findValuesAsText("name"))
        .contains("device-read", "int8-tensor", "launch-latency");
    assertThat(device.path("figures").findValuesAsText("notMeasured")).isEmpty();
    assertThat(device.path("findings").findValuesAsText("name"))
        .contains("events-disagree-with-clock", "unknown-model");
  }

  @Test
  void aDriverThatIsTooOldIsSaidAndTheHostIsStillThere() throws Exception {
    Invocation bench = new EmulatedGpu("driver=11040").run(home, "bench", "--device", "cuda:0");

    assertThat(bench.exitCode()).isEqualTo(2);
    assertThat(bench.err()).contains("install driver 525 or newer", "there is cpu:0.");
  }
}
