package dev.assay.gpu.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.benchmark.BenchmarkProgress;
import dev.assay.benchmark.DeviceResult;
import dev.assay.benchmark.Effort;
import dev.assay.benchmark.Figure;
import dev.assay.benchmark.Finding;
import dev.assay.benchmark.Outcome;
import dev.assay.benchmark.Repetition;
import dev.assay.gpu.catalog.Catalog;
import dev.assay.gpu.emulator.Emulator;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Benchmarks on the emulated device: what they say, not how fast it is. */
class GpuBenchTest {
  private static final Effort BRIEF =
      new Effort(1, Duration.ofNanos(1), Duration.ofNanos(1), 0, 16 << 20);

  private static final String SMALL = "sms=1;mem=64M;attribute.38=1048576;";

  private static DeviceResult bench(String settings) throws InterruptedException {
    return bench(settings, BenchmarkProgress.NONE);
  }

  private static DeviceResult bench(String settings, BenchmarkProgress progress)
      throws InterruptedException {
    Emulator.configure(SMALL + settings);
    return new GpuBench(Emulator.device(0), Catalog.load(), Optional.of(new PciLink(4, 16)), 0)
        .run(new Repetition(BRIEF, System::nanoTime, progress));
  }

  private static String reason(DeviceResult result, String figure) {
    return result.figure(figure).orElseThrow().outcome() instanceof Outcome.NotMeasured not
        ? not.reason()
        : "";
  }

  @Test
  void anHonestDeviceIsMeasuredBesideItsModel() throws Exception {
    DeviceResult result = bench("name=NVIDIA A100 80GB PCIe");

    assertThat(result.id()).isEqualTo("cuda:0");
    assertThat(result.figures())
        .extracting(figure -> figure.subject().name())
        .doesNotHaveDuplicates()
        .contains(
            "device-copy",
            "device-read",
            "device-write",
            "l2-read",
            "device-random-read",
            "link-to-device-pinned",
            "link-to-host-pageable",
            "fp32",
            "fp64",
            "fp16-tensor",
            "bf16-tensor",
            "int8-tensor",
            "launch-latency");
    assertThat(result.figures())
        .allSatisfy(
            figure ->
                assertThat(figure.median())
                    .as("%s %s", figure.subject().name(), figure.outcome())
                    .isPresent());
    Figure read = result.figure("device-read").orElseThrow();
    assertThat(read.expected().orElseThrow().value()).isBetween(1.9e12, 2.1e12);
    assertThat(read.expected().orElseThrow().source()).contains("A100");
    assertThat(result.figure("link-to-device-pinned").orElseThrow().expected().orElseThrow())
        .satisfies(link -> assertThat(link.value()).isBetween(31e9, 32e9))
        .satisfies(link -> assertThat(link.source()).isEqualTo("PCI Express 4.0 ×16"));
    assertThat(result.findings())
        .extracting(Finding::name)
        .doesNotContain("events-disagree-with-clock", "device-failed");
  }

  @Test
  void eventsThatRunAHundredTimesTooFastAreFoundByTheHostsClock() throws Exception {
    DeviceResult lying = bench("event_scale=0.01;bw=2");

    assertThat(lying.findings())
        .filteredOn(finding -> finding.name().equals("events-disagree-with-clock"))
        .hasSize(1)
        .allSatisfy(finding -> assertThat(finding.sentence()).contains("host's clock"));
    assertThat(lying.figure("device-read").orElseThrow().median().orElseThrow())
        .as("the figure is by the host's clock")
        .isLessThan(2.2e9);
  }

  @Test
  void aNameThatIsNotItsOwnIsAFinding() throws Exception {
    assertThat(bench("name=NVIDIA H100 80GB HBM3;bw=1").findings())
        .extracting(Finding::name)
        .containsAnyOf("behaves-like-no-known-model", "behaves-like-another-model");
    assertThat(bench("name=NVIDIA Nothing 9000").findings())
        .extracting(Finding::name)
        .contains("unknown-model");
  }

  @Test
  void aDeviceThatOthersUseIsAFinding() throws Exception {
    Emulator.configure(SMALL);
    DeviceResult shared =
        new GpuBench(Emulator.device(0), Catalog.load(), Optional.empty(), 2)
            .run(new Repetition(BRIEF, System::nanoTime, BenchmarkProgress.NONE));

    assertThat(shared.findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.name()).isEqualTo("device-busy");
              assertThat(finding.sentence()).startsWith("2 processes computed");
            });
  }

  @Test
  void oldGenerationsHaveNoTensorFigures() throws Exception {
    DeviceResult turing = bench("cc=7.5");
    assertThat(turing.figure("int8-tensor").orElseThrow().median()).isPresent();
    assertThat(turing.figure("fp16-tensor").orElseThrow().median()).isPresent();
    assertThat(reason(turing, "bf16-tensor")).contains("no such instruction");

    DeviceResult volta = bench("cc=7.0");
    assertThat(reason(volta, "int8-tensor")).contains("no such instruction");
    assertThat(volta.figure("int8-dot").orElseThrow().median()).isPresent();
  }

  @Test
  void memoryThatIsTakenIsTold() throws Exception {
    DeviceResult full = bench("mem=3M");

    assertThat(reason(full, "device-read")).contains("too little beside a cache of 1 MiB");
    assertThat(full.figure("fp32").orElseThrow().median()).isPresent();
  }

  @Test
  void aDeviceThatIsLostInBetweenIsToldAndEndsNothingElse() throws Exception {
    DeviceResult lost = bench("fail=cuLaunchKernel:12:700");

    assertThat(lost.figures().isEmpty() || !reason(lost, "launch-latency").isEmpty()).isTrue();
    assertThat(
            lost.figures().isEmpty() ? lost.findings().toString() : reason(lost, "launch-latency"))
        .contains("700");
  }

  @Test
  void whatTheProgressThrowsEndsTheBenchmark() {
    BenchmarkProgress interrupting =
        (device, title, done, total) -> {
          if (title.equals("fp32")) {
            throw new IllegalStateException("stop here");
          }
        };

    assertThatThrownBy(() -> bench("", interrupting)).hasMessage("stop here");
  }
}
