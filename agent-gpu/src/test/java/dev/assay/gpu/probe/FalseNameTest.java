package dev.assay.gpu.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Function;
import dev.assay.gpu.catalog.Catalog;
import dev.assay.gpu.catalog.Classification;
import dev.assay.gpu.catalog.Figure;
import dev.assay.gpu.catalog.Finding;
import dev.assay.gpu.catalog.Observation;
import dev.assay.gpu.cuda.Driver;
import dev.assay.gpu.emulator.Emulator;
import dev.assay.gpu.nvml.NvmlLibrary;
import dev.assay.hardware.Component;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A device that goes by another's name, from what its driver says to what it behaves like. */
class FalseNameTest {
  private static final Catalog CATALOG = Catalog.load();

  private static void nvml(String settings) {
    Function.getFunction(
            Path.of("target/emulator/libnvidia-ml.so.1").toAbsolutePath().toString(),
            "assay_nvml_configure")
        .invokeVoid(new Object[] {settings});
  }

  @AfterEach
  void reset() {
    nvml("");
    Emulator.configure("");
  }

  private static Component device(String cuda, String managed) throws InterruptedException {
    Emulator.configure(cuda);
    nvml(managed);
    return new GpuProbe(Driver.open(), NvmlLibrary.ofDriver(), Map.of())
        .probe().components().stream()
            .filter(component -> component.kind() == Component.Kind.GPU)
            .findFirst()
            .orElseThrow();
  }

  /**
   * A proof goes over 95 % of what is free; its rates are those of the card that is really there.
   */
  private static Classification classify(Component device) {
    long proven = device.amount("freeMemoryBytes").orElseThrow() / 100 * 95;
    return Classification.of(
        CATALOG,
        device.text("model").orElseThrow(),
        List.of(
            new Observation(Figure.MEMORY_BYTES, proven, true),
            new Observation(Figure.BANDWIDTH, 720_000_000_000L, true),
            new Observation(Figure.INT8_TENSOR_OPS, 480_000_000_000_000L, true)));
  }

  @Test
  void aCardThatSaysItIsAnH100BehavesLikeTheCardThatItIs() throws Exception {
    Component device =
        device(
            "name=NVIDIA H100 80GB HBM3;cc=8.9;sms=128;mem=24G;driver=13000"
                + ";uuid=0123456789ab4def8123456789abcdef",
            "uuid=GPU-01234567-89ab-4def-8123-456789abcdef;mem=24G;used=0;reserved=384M");

    assertThat(classify(device).finding())
        .isInstanceOfSatisfying(
            Finding.SaysXBehavesLikeY.class,
            finding -> {
              assertThat(finding.claimed()).isEqualTo("NVIDIA H100 80GB HBM3");
              assertThat(finding.likely().model().name()).startsWith("NVIDIA GeForce RTX 4090");
            });
  }

  @Test
  void theSameCardUnderItsOwnNameIsConsistent() throws Exception {
    Component device =
        device(
            "name=NVIDIA GeForce RTX 4090;cc=8.9;sms=128;mem=24G;driver=13000"
                + ";uuid=0123456789ab4def8123456789abcdef",
            "uuid=GPU-01234567-89ab-4def-8123-456789abcdef;mem=24G;used=0;reserved=384M");

    assertThat(classify(device).finding()).isInstanceOf(Finding.Consistent.class);
  }
}
