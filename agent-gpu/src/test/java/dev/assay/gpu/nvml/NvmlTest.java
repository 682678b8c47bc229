package dev.assay.gpu.nvml;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.NativeLibrary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class NvmlTest {
  private static final Path BUILT = Path.of("target/emulator").toAbsolutePath();
  private static final String FAKE = BUILT.resolve("libnvidia-ml.so.1").toString();
  private static final String OLD = BUILT.resolve("libnvidia-ml-old.so.1").toString();
  private static final Duration LIMIT = Duration.ofMillis(300);

  private static NvmlLibrary fake(String settings) {
    return configured(FAKE, settings);
  }

  private static NvmlLibrary configured(String path, String settings) {
    NativeLibrary.getInstance(path)
        .getFunction("assay_nvml_configure")
        .invokeVoid(new Object[] {settings});
    return NvmlLibrary.load(path, LIMIT);
  }

  private static int openScopes() {
    return NativeLibrary.getInstance(FAKE)
        .getFunction("assay_nvml_open_scopes")
        .invokeInt(new Object[0]);
  }

  private static <T> Measured<T> is(T value) {
    return new Measured.Value<>(value);
  }

  private static <T> Measured<T> not(String reason) {
    return new Measured.Not<>(reason);
  }

  private final int openBefore = openScopes();

  /** Lets hanging calls go. */
  @AfterEach
  void reset() {
    fake("");
  }

  @Test
  void aDeviceIsReadWithAllThatTheLibraryKnows() {
    try (Nvml nvml = Nvml.open(fake("devices=1;ecc=1;corrected_ever=3;throttle=0x24;mig=1"))) {
      assertThat(nvml.unavailable()).isEmpty();
      assertThat(nvml.system())
          .isEqualTo(new NvmlSystem(is("580.95.05"), is("13.580.95.05"), is(13000), is(1)));
      NvmlDevice device = nvml.devices().getFirst();
      assertThat(device.identity())
          .isEqualTo(
              new NvmlDevice.Identity(
                  is("NVIDIA H100 80GB HBM3"),
                  is("GPU-00000000-0000-4000-8000-000000000000"),
                  is(new NvmlDevice.Pci("0000:17:00.0", 0x233010deL, 0x16c110deL)),
                  is("9.0"),
                  is(5120L)));
      assertThat(device.memory())
          .isEqualTo(
              new NvmlDevice.Memory(
                  is(80L << 30), is((80L << 30) - (3L << 29)), is(1L << 30), is(1L << 29)));
      assertThat(device.clocks())
          .isEqualTo(
              new NvmlDevice.Clocks(
                  is(345_000_000L),
                  is(2_619_000_000L),
                  is(1_980_000_000L),
                  is(2_619_000_000L),
                  is(List.of("power cap", "thermal slowdown"))));
      assertThat(device.power())
          .isEqualTo(
              new NvmlDevice.Power(
                  is(71_000L), is(700_000L), is(700_000L), is(200_000L), is(700_000L)));
      assertThat(device.heat()).isEqualTo(new NvmlDevice.Heat(is(34L), is(87L), is(92L)));
      assertThat(device.ecc())
          .isEqualTo(
              new NvmlDevice.Ecc(
                  is(true),
                  is(true),
                  is(0L),
                  is(0L),
                  is(3L),
                  is(0L),
                  is(0L),
                  is(new NvmlDevice.RemappedRows(0, 0, false, false))));
      assertThat(device.link()).isEqualTo(new NvmlDevice.Link(is(5L), is(16L), is(5L), is(16L)));
      assertThat(device.modes())
          .isEqualTo(
              new NvmlDevice.Modes(is(true), is(true), is(false), is("default"), is("none")));
      assertThat(device.processes())
          .isEqualTo(new NvmlDevice.Processes(is(2L), is(512L << 20), is(0L)));
    }
    assertThat(openScopes()).as("what was initialised is shut down").isEqualTo(openBefore);
  }

  @Test
  void devicesAreToldApart() {
    try (Nvml nvml = Nvml.open(fake("devices=2;1.name=NVIDIA L4;1.mem=24G"))) {
      List<NvmlDevice> devices = nvml.devices();
      assertThat(devices)
          .extracting(d -> d.identity().name())
          .containsExactly(is("NVIDIA H100 80GB HBM3"), is("NVIDIA L4"));
      assertThat(devices.get(1).memory().total()).isEqualTo(is(24L << 30));
      assertThat(devices.get(1).identity().pci().map(NvmlDevice.Pci::address))
          .isEqualTo(is("0000:18:00.0"));
    }
  }

  @Test
  void errorCodesAreReasonsOfTheirReadings() {
    String failures =
        "nvmlDeviceGetPowerUsage:3,nvmlDeviceGetMemoryInfo_v2:25,nvmlDeviceGetMemoryInfo:15,"
            + "nvmlSystemGetNVMLVersion:999,nvmlDeviceGetRetiredPages:4";
    try (Nvml nvml = Nvml.open(fake("fail=" + failures + ";process_mem=hidden"))) {
      NvmlDevice device = nvml.devices().getFirst();
      assertThat(device.power().draw()).isEqualTo(not("the device does not support it"));
      assertThat(device.memory().total())
          .isEqualTo(not("the device is lost: it has fallen off the bus"));
      assertThat(device.ecc().retiredPages()).isEqualTo(not("permission denied"));
      assertThat(nvml.system().nvmlVersion()).isEqualTo(not("NVML answered with result 999"));
      assertThat(device.processes().computingMemory())
          .isEqualTo(not("the driver does not tell processes' memory apart"));
      assertThat(device.power().limit()).as("the others are read").isEqualTo(is(700_000L));
    }
  }

  @Test
  void whatAnOlderDriverLacksIsNotMeasured() {
    try (Nvml nvml = Nvml.open(configured(OLD, "retired_single=2;retired_double=1"))) {
      NvmlDevice device = nvml.devices().getFirst();
      assertThat(device.memory().total()).as("by the older call").isEqualTo(is(80L << 30));
      assertThat(device.memory().reserved())
          .isEqualTo(not("this driver does not have the function"));
      assertThat(device.ecc().remappedRows())
          .isEqualTo(not("this driver does not have the function"));
      assertThat(device.modes().multiInstance())
          .isEqualTo(not("this driver does not have the function"));
      assertThat(device.ecc().retiredPages()).isEqualTo(is(3L));
    }
  }

  @Test
  void withoutALibraryEverythingIsNotMeasured() {
    try (Nvml nvml = Nvml.open(NvmlLibrary.load("libnvidia-ml-absent.so.1", LIMIT))) {
      assertThat(nvml.unavailable()).contains("NVML is not installed");
      assertThat(nvml.system().driverVersion()).isEqualTo(not("NVML is not installed"));
      assertThat(nvml.devices()).isEmpty();
      assertThat(nvml.device(0).memory().free()).isEqualTo(not("NVML is not installed"));
    }
  }

  @Test
  void withoutADriverTheLibrarysReasonIsTold() {
    try (Nvml nvml = Nvml.open(fake("fail=nvmlInit_v2:9"))) {
      assertThat(nvml.unavailable()).contains("NVIDIA's kernel driver is not loaded");
      assertThat(nvml.devices()).isEmpty();
    }
    assertThat(openScopes()).as("what was not opened is not shut down").isEqualTo(openBefore);
  }

  @Test
  @Timeout(20)
  void aCallThatHangsCostsItsTimeOnceAndTheOthersGoOn() {
    NvmlLibrary library = fake("devices=2;hang=nvmlDeviceGetPowerUsage");
    try (Nvml nvml = Nvml.open(library)) {
      List<NvmlDevice> devices = nvml.devices();
      assertThat(devices.get(0).power().draw()).isEqualTo(not("no answer within 300 ms"));
      assertThat(devices.get(1).power().draw())
          .isEqualTo(not("an earlier call has not come back yet"));
      assertThat(devices.get(1).power().limit()).isEqualTo(is(700_000L));
    }
    assertThat(openScopes())
        .as("a library with a call inside stays open")
        .isEqualTo(openBefore + 1);
    try (Nvml again = Nvml.open(library)) {
      assertThat(again.device(0).power().draw())
          .as("and no thread more hangs")
          .isEqualTo(not("an earlier call has not come back yet"));
    }
  }

  @Test
  @Timeout(20)
  void anInitialisationThatHangsIsAnAnswer() {
    try (Nvml nvml = Nvml.open(fake("hang=nvmlInit_v2"))) {
      assertThat(nvml.unavailable()).contains("no answer within 300 ms");
    }
  }

  @Test
  void aDeviceThatIsNotThereSaysSoInEveryReading() {
    try (Nvml nvml = Nvml.open(fake("devices=1"))) {
      assertThat(nvml.device(7).identity().name())
          .isEqualTo(not("the library refused the argument"));
    }
  }

  @Test
  void aResetBetweenTwoReadingsIsNoReasonToReadAStaleHandle() {
    NvmlLibrary library = fake("fail=nvmlDeviceGetHandleByIndex_v2:16");
    try (Nvml nvml = Nvml.open(library)) {
      assertThat(nvml.device(0).heat().now()).isEqualTo(not("the device must be reset"));
      fake("temperature=40");
      assertThat(nvml.device(0).heat().now()).isEqualTo(is(40L));
    }
  }
}
