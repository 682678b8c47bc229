package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.gpu.probe.GpuFacts;
import dev.assay.hardware.Component;
import dev.assay.hardware.Conflict;
import dev.assay.hardware.Device;
import dev.assay.hardware.PlatformFacts;
import dev.assay.hardware.Reading;
import dev.assay.hardware.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PlatformProbeTest {
  private static Component device(String id, Component.Kind kind) {
    return new Component(
        id,
        kind,
        Map.of(
            "threads", new Reading.Amount(4, Source.CUDA),
            "freeMemoryBytes", new Reading.Amount(1 << 20, Source.CUDA)));
  }

  private static Conflict conflict(String component) {
    return new Conflict(
        component,
        "model",
        List.of(new Reading.Text("A", Source.CUDA), new Reading.Text("B", Source.NVML)));
  }

  @Test
  void gpusStandBehindTheHostAsDevicesAndWithTheirConflicts() {
    PlatformFacts host =
        new PlatformFacts(
            List.of(device("cpu:0", Component.Kind.CPU)),
            List.of(conflict("cpu:0")),
            OptionalLong.of(7),
            Optional.of("seed"),
            Optional.of("ueid"));
    GpuFacts gpus =
        new GpuFacts(List.of(device("cuda:0", Component.Kind.GPU)), List.of(conflict("cuda:0")));

    PlatformFacts facts = new PlatformProbe(() -> host, () -> gpus).probe();

    assertThat(facts.devices()).extracting(Device::id).containsExactly("cpu:0", "cuda:0");
    assertThat(facts.conflicts()).containsExactly(conflict("cpu:0"), conflict("cuda:0"));
    assertThat(facts.uptimeSeconds()).hasValue(7);
    assertThat(facts.ueid()).contains("ueid");
  }
}
