package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole check on the emulated device, with little work: a test of the check, no figure. */
class GpuCheckTest {
  private static final String DEVICE = "sms=1;mem=64M;attribute.38=1048576";

  @TempDir Path home;

  @Test
  void anHonestDeviceAgreesInEverything() throws Exception {
    Path file = home.resolve("measured.md");

    Invocation check =
        new EmulatedGpu(DEVICE + ";name=NVIDIA H100 80GB HBM3;cc=9.0")
            .run(home, "gpu-check", "--tiny", "--out", file.toString());

    assertThat(check.exitCode()).as(check.err()).isZero();
    assertThat(check.out())
        .isEqualTo(Files.readString(file))
        .contains(
            "NVIDIA H100 80GB HBM3",
            "10 of 10 kernels and proofs agree",
            "| device-to-device copy |",
            "≥ 0.75 ×",
            "< 4 s",
            "| datasheet's peak |",
            "matmul.sm70, kernel alone",
            "matmul.sm90a, kernel alone",
            "memory-fill, opening",
            "matmul, verification",
            "| an hour of the GPU |",
            "| device read |")
        .containsPattern("cuBLAS int8 \\(not at hand: [^)]+\\) \\| unmeasured");
    assertThat(check.err()).contains("cuda:0: memory-fill over all of the memory ...");
  }

  @Test
  void wrongResultsFailTheCheck() throws Exception {
    Invocation check = new EmulatedGpu(DEVICE + ";wrong=0.5").run(home, "gpu-check", "--tiny");

    assertThat(check.exitCode()).isEqualTo(1);
    assertThat(check.out()).contains(": it differs from the processors**", "**memory-fill/");
  }

  @Test
  void withoutAGpuItSaysSo() throws Exception {
    Invocation check = Invocation.of(home, "gpu-check", "--device", "cuda:7");

    assertThat(check.exitCode()).isEqualTo(3);
    assertThat(check.err()).contains("There is no cuda:7 to check.").hasLineCount(1);
  }
}
