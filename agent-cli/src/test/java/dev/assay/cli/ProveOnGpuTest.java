package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a host with a GPU, and on one with none. */
class ProveOnGpuTest {
  private static final String SMALL = "sms=1;mem=1.3M";

  @TempDir Path home;

  @Test
  void theSelfTestFillsAllOfAGpuAndSkipsWhatItDoesNotDo() throws Exception {
    Invocation prove = new EmulatedGpu(SMALL).run(home, "prove", "--device", "cuda:0", "--json");

    assertThat(prove.exitCode()).as(prove.err() + prove.out()).isZero();
    JsonNode results = new ObjectMapper().readTree(prove.out());
    assertThat(results.findValuesAsText("name")).containsExactly("memory-fill", "matmul");
    assertThat(results.findValuesAsText("status")).containsOnly("pass");
    JsonNode fill = results.get(0).path("proof");
    assertThat(fill.path("labels").asLong() * 64)
        .isGreaterThanOrEqualTo((long) (0.95 * 1.3 * (1 << 20)));
    assertThat(fill.path("passes").asInt()).isEqualTo(16);
  }

  @Test
  void aLostGpuIsAFaultOfTheMachineAndNoFraud() throws Exception {
    Invocation prove =
        new EmulatedGpu(SMALL + ";fail=cuLaunchKernel:200:999")
            .run(home, "prove", "--device", "cuda:0");

    assertThat(prove.exitCode()).isEqualTo(ExitCode.FAULT);
    assertThat(prove.out())
        .contains("not done: machine fault: cuda:0", "fell off the bus", "dmesg")
        .doesNotContain("fail:");
  }

  @Test
  void aHostWhoseDriverListsNoDeviceProvesItsProcessorsAndSaysSo() throws Exception {
    EmulatedGpu none = new EmulatedGpu("devices=0");

    Invocation prove = none.run(home, "prove", "--device", "cuda:0");
    assertThat(prove.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(prove.err())
        .contains("There is no device cuda:0, only cpu:0. NVIDIA driver: the driver sees no device")
        .doesNotContain("Exception");
  }
}
