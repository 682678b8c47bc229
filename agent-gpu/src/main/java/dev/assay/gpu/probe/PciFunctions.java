package dev.assay.gpu.probe;

import dev.assay.host.RawHost;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** NVIDIA's display and computing adapters on the PCI bus, by address. */
final class PciFunctions {
  private static final String BUS = "sys/bus/pci/devices";
  private static final String NVIDIA = "0x10de";

  private PciFunctions() {}

  /** Addresses of functions of base class 03, display, or 12, processing accelerator. */
  static List<String> of(RawHost files) {
    return files.names(BUS).stream()
        .filter(address -> files.text(path(address, "vendor")).filter(NVIDIA::equals).isPresent())
        .filter(
            address ->
                files
                    .text(path(address, "class"))
                    .filter(kind -> kind.startsWith("0x03") || kind.startsWith("0x12"))
                    .isPresent())
        .toList();
  }

  /** Whether the bus could be listed at all. */
  static boolean listed(RawHost files) {
    return !files.names(BUS).isEmpty();
  }

  static String path(String address, String name) {
    return BUS + "/" + address + "/" + name;
  }

  /** A number that the kernel writes as {@code 0x2330}. */
  static OptionalInt hexadecimal(RawHost files, String address, String name) {
    Optional<String> text =
        files.text(path(address, name)).filter(value -> value.matches("0x[0-9a-f]{4}"));
    return text.isPresent()
        ? OptionalInt.of(Integer.parseInt(text.get().substring(2), 16))
        : OptionalInt.empty();
  }

  /** The board's numbers, vendor in the upper half. */
  static OptionalLong subsystem(RawHost files, String address) {
    OptionalInt vendor = hexadecimal(files, address, "subsystem_vendor");
    OptionalInt device = hexadecimal(files, address, "subsystem_device");
    return vendor.isPresent() && device.isPresent()
        ? OptionalLong.of((long) vendor.getAsInt() << 16 | device.getAsInt())
        : OptionalLong.empty();
  }
}
