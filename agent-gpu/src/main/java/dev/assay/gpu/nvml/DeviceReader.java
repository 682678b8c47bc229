package dev.assay.gpu.nvml;

import com.sun.jna.Memory;
import com.sun.jna.ptr.IntByReference;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Supplier;

/** Reads all of one device. Constants are those of {@code nvml.h}. */
final class DeviceReader {
  private static final long MEGAHERTZ = 1_000_000;
  private static final int CLOCK_SM = 1;
  private static final int CLOCK_MEMORY = 2;
  private static final int SHUTDOWN_THRESHOLD = 0;
  private static final int SLOWDOWN_THRESHOLD = 1;
  private static final int CORRECTED = 0;
  private static final int UNCORRECTED = 1;
  private static final int SINCE_LOADED = 0;
  private static final int EVER = 1;

  private final Reader reader;

  DeviceReader(Reader reader) {
    this.reader = reader;
  }

  NvmlDevice read(int index) {
    return new NvmlDevice(
        index,
        identity(),
        memory(),
        clocks(),
        power(),
        heat(),
        ecc(),
        link(),
        modes(),
        new ProcessReader(reader).read());
  }

  private NvmlDevice.Identity identity() {
    IntByReference major = new IntByReference();
    IntByReference minor = new IntByReference();
    return new NvmlDevice.Identity(
        reader.text("nvmlDeviceGetName", 96),
        reader.text("nvmlDeviceGetUUID", 96),
        pci(),
        reader.read(
            "nvmlDeviceGetCudaComputeCapability",
            () -> major.getValue() + "." + minor.getValue(),
            major,
            minor),
        reader.number("nvmlDeviceGetMemoryBusWidth"));
  }

  /**
   * {@code nvmlPciInfo_t}: 16 bytes of a short address; domain, bus, device, device id and
   * subsystem id of 32 bits each; the address in 32 bytes. NVML writes the domain with eight
   * digits, the kernel with four. A byte more ends the text, whatever the library writes.
   */
  private Measured<NvmlDevice.Pci> pci() {
    Memory info = zeroed(68 + 1);
    Supplier<NvmlDevice.Pci> value =
        () -> {
          String function =
              info.getString(36, StandardCharsets.UTF_8.name()).replaceAll(".*\\.", "");
          String address =
              String.format(
                  Locale.ROOT,
                  "%04x:%02x:%02x.%s",
                  info.getInt(16),
                  info.getInt(20),
                  info.getInt(24),
                  function.matches("[0-7]") ? function : "0");
          return new NvmlDevice.Pci(
              address,
              Integer.toUnsignedLong(info.getInt(28)),
              Integer.toUnsignedLong(info.getInt(32)));
        };
    return reader.read("nvmlDeviceGetPciInfo_v3", value, info);
  }

  /** Version 2 of the structure tells the driver's share apart; older drivers have version 1. */
  private NvmlDevice.Memory memory() {
    Memory second = zeroed(40);
    second.setInt(0, 40 | 2 << 24);
    Memory first = zeroed(24);
    Measured<NvmlDevice.Memory> read =
        reader.read(
            "nvmlDeviceGetMemoryInfo_v2",
            () ->
                new NvmlDevice.Memory(
                    bytes(second, 8), bytes(second, 24), bytes(second, 32), bytes(second, 16)),
            second);
    Measured<NvmlDevice.Memory> either =
        read.or(
            () ->
                reader.read(
                    "nvmlDeviceGetMemoryInfo",
                    () ->
                        new NvmlDevice.Memory(
                            bytes(first, 0),
                            bytes(first, 8),
                            bytes(first, 16),
                            new Measured.Not<>("this driver does not have the function")),
                    first));
    return switch (either) {
      case Measured.Value<NvmlDevice.Memory>(NvmlDevice.Memory memory) -> memory;
      case Measured.Not<NvmlDevice.Memory>(String reason) ->
          new NvmlDevice.Memory(not(reason), not(reason), not(reason), not(reason));
    };
  }

  private NvmlDevice.Clocks clocks() {
    return new NvmlDevice.Clocks(
        hertz("nvmlDeviceGetClockInfo", CLOCK_SM),
        hertz("nvmlDeviceGetClockInfo", CLOCK_MEMORY),
        hertz("nvmlDeviceGetMaxClockInfo", CLOCK_SM),
        hertz("nvmlDeviceGetMaxClockInfo", CLOCK_MEMORY),
        reader.wide("nvmlDeviceGetCurrentClocksThrottleReasons").map(ThrottleReason::namesOf));
  }

  private Measured<Long> hertz(String function, int clock) {
    return reader.number(function, clock).map(megahertz -> megahertz * MEGAHERTZ);
  }

  private NvmlDevice.Power power() {
    IntByReference least = new IntByReference();
    IntByReference most = new IntByReference();
    Measured<Integer> bounds =
        reader.read("nvmlDeviceGetPowerManagementLimitConstraints", () -> 0, least, most);
    return new NvmlDevice.Power(
        reader.number("nvmlDeviceGetPowerUsage"),
        reader.number("nvmlDeviceGetEnforcedPowerLimit"),
        reader.number("nvmlDeviceGetPowerManagementDefaultLimit"),
        bounds.map(done -> Integer.toUnsignedLong(least.getValue())),
        bounds.map(done -> Integer.toUnsignedLong(most.getValue())));
  }

  private NvmlDevice.Heat heat() {
    int sensorOfTheGpu = 0;
    return new NvmlDevice.Heat(
        reader.number("nvmlDeviceGetTemperature", sensorOfTheGpu),
        reader.number("nvmlDeviceGetTemperatureThreshold", SLOWDOWN_THRESHOLD),
        reader.number("nvmlDeviceGetTemperatureThreshold", SHUTDOWN_THRESHOLD));
  }

  private NvmlDevice.Ecc ecc() {
    IntByReference now = new IntByReference();
    IntByReference later = new IntByReference();
    Measured<Integer> mode = reader.read("nvmlDeviceGetEccMode", () -> 0, now, later);
    return new NvmlDevice.Ecc(
        mode.map(done -> now.getValue() != 0),
        mode.map(done -> later.getValue() != 0),
        reader.wide("nvmlDeviceGetTotalEccErrors", CORRECTED, SINCE_LOADED),
        reader.wide("nvmlDeviceGetTotalEccErrors", UNCORRECTED, SINCE_LOADED),
        reader.wide("nvmlDeviceGetTotalEccErrors", CORRECTED, EVER),
        reader.wide("nvmlDeviceGetTotalEccErrors", UNCORRECTED, EVER),
        retiredPages(),
        remappedRows());
  }

  /** Asked with no room for addresses, the library gives only their number. */
  private Measured<Long> retiredPages() {
    int afterSingleBitErrors = 0;
    int afterDoubleBitErrors = 1;
    return switch (retiredPages(afterSingleBitErrors)) {
      case Measured.Value<Long>(Long single) ->
          retiredPages(afterDoubleBitErrors).map(twice -> single + twice);
      case Measured.Not<Long> not -> not;
    };
  }

  private Measured<Long> retiredPages(int cause) {
    IntByReference count = new IntByReference(0);
    return Counting.of(reader.code("nvmlDeviceGetRetiredPages", cause, count, null), count);
  }

  private Measured<NvmlDevice.RemappedRows> remappedRows() {
    IntByReference correctable = new IntByReference();
    IntByReference uncorrectable = new IntByReference();
    IntByReference pending = new IntByReference();
    IntByReference failed = new IntByReference();
    return reader.read(
        "nvmlDeviceGetRemappedRows",
        () ->
            new NvmlDevice.RemappedRows(
                Integer.toUnsignedLong(correctable.getValue()),
                Integer.toUnsignedLong(uncorrectable.getValue()),
                pending.getValue() != 0,
                failed.getValue() != 0),
        correctable,
        uncorrectable,
        pending,
        failed);
  }

  private NvmlDevice.Link link() {
    return new NvmlDevice.Link(
        reader.number("nvmlDeviceGetCurrPcieLinkGeneration"),
        reader.number("nvmlDeviceGetCurrPcieLinkWidth"),
        reader.number("nvmlDeviceGetMaxPcieLinkGeneration"),
        reader.number("nvmlDeviceGetMaxPcieLinkWidth"));
  }

  private NvmlDevice.Modes modes() {
    IntByReference multiInstance = new IntByReference();
    IntByReference afterReset = new IntByReference();
    return new NvmlDevice.Modes(
        reader.number("nvmlDeviceGetPersistenceMode").map(mode -> mode != 0),
        reader.read(
            "nvmlDeviceGetMigMode", () -> multiInstance.getValue() != 0, multiInstance, afterReset),
        reader.number("nvmlDeviceGetDisplayActive").map(active -> active != 0),
        reader.number("nvmlDeviceGetComputeMode").map(DeviceReader::computeMode),
        reader.number("nvmlDeviceGetVirtualizationMode").map(DeviceReader::virtualization));
  }

  private static String computeMode(long mode) {
    return switch ((int) mode) {
      case 0 -> "default";
      case 1 -> "exclusive thread";
      case 2 -> "prohibited";
      case 3 -> "exclusive process";
      default -> "mode " + mode;
    };
  }

  private static String virtualization(long mode) {
    return switch ((int) mode) {
      case 0 -> "none";
      case 1 -> "passthrough";
      case 2 -> "virtual GPU";
      case 3 -> "host of virtual GPUs";
      case 4 -> "host of virtual functions";
      default -> "mode " + mode;
    };
  }

  private static Memory zeroed(int size) {
    Memory memory = new Memory(size);
    memory.clear();
    return memory;
  }

  private static Measured<Long> bytes(Memory memory, int offset) {
    return new Measured.Value<>(memory.getLong(offset));
  }

  private static <T> Measured<T> not(String reason) {
    return new Measured.Not<>(reason);
  }
}
