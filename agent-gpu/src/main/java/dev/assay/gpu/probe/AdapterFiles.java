package dev.assay.gpu.probe;

import static dev.assay.gpu.probe.Readings.amount;

import dev.assay.gpu.catalog.Catalog;
import dev.assay.gpu.catalog.Model;
import dev.assay.gpu.nvml.Measured;
import dev.assay.gpu.nvml.NvmlDevice;
import dev.assay.hardware.Reading;
import dev.assay.hardware.Source;
import dev.assay.host.FactSheet;
import dev.assay.host.RawHost;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the kernel's files say of the adapter at one address of the PCI bus. */
final class AdapterFiles {
  private static final Pattern SPEED = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) GT/s.*");
  private static final List<String> SPEEDS = List.of("2.5", "5", "8", "16", "32", "64");

  private final RawHost files;
  private final String address;

  AdapterFiles(RawHost files, String address) {
    this.files = files;
    this.address = address;
  }

  void putInto(FactSheet sheet, Optional<NvmlDevice.Link> link) {
    sheet
        .put("linkGeneration", either(link.map(NvmlDevice.Link::generation), generation("current")))
        .put("linkWidth", either(link.map(NvmlDevice.Link::width), width("current")))
        .put(
            "maxLinkGeneration",
            either(link.map(NvmlDevice.Link::maxGeneration), generation("max")))
        .put("maxLinkWidth", either(link.map(NvmlDevice.Link::maxWidth), width("max")))
        .put("memoryNode", FactSheet.amount(files.number(path("numa_node")), Source.SYSFS));
  }

  /**
   * A link changes from one reading to the next, and its most means the device alone for one source
   * and the device in its slot for the other: so the second source only fills in.
   */
  private static Reading either(Optional<Measured<Long>> managed, Reading other) {
    Reading first = amount(managed.orElseGet(AdapterFiles::notListed));
    return first instanceof Reading.NotMeasured && !(other instanceof Reading.NotMeasured)
        ? other
        : first;
  }

  private static Measured<Long> notListed() {
    return new Measured.Not<>("NVML does not list this device");
  }

  /** The kernel writes "16.0 GT/s PCIe"; the rate names the generation. */
  private Reading generation(String which) {
    Matcher speed = SPEED.matcher(files.text(path(which + "_link_speed")).orElse(""));
    int index = speed.matches() ? SPEEDS.indexOf(speed.group(1).replaceFirst("\\.0$", "")) : -1;
    return FactSheet.amount(
        index < 0 ? OptionalLong.empty() : OptionalLong.of(index + 1), Source.SYSFS);
  }

  private Reading width(String which) {
    return FactSheet.amount(files.number(path(which + "_link_width")), Source.SYSFS);
  }

  Reading pciDeviceId() {
    return FactSheet.text(files.raw(path("device")), Source.SYSFS);
  }

  Reading pciSubsystemId() {
    OptionalLong id = PciFunctions.subsystem(files, address);
    return FactSheet.text(
        id.isPresent() ? Optional.of(GpuComponent.hex(id.getAsLong(), 8)) : Optional.empty(),
        Source.SYSFS);
  }

  /** A line of what the kernel module says of the device, such as "Model". */
  Reading driversText(String key) {
    Optional<String> value =
        files
            .text("proc/driver/nvidia/gpus/" + address + "/information")
            .flatMap(text -> line(text, key))
            .filter(text -> !text.contains("?"));
    return FactSheet.text(value, Source.PROCFS);
  }

  private static Optional<String> line(String text, String key) {
    return text.lines()
        .filter(line -> line.startsWith(key + ":"))
        .map(line -> line.substring(key.length() + 1).strip())
        .findFirst();
  }

  /**
   * The model whose number the adapter has on the bus; the given name itself if that model may go
   * by it, so that only a name that is not the adapter's disagrees.
   */
  Reading modelByPciId(Catalog catalog, String name) {
    OptionalInt device = PciFunctions.hexadecimal(files, address, "device");
    if (device.isEmpty()) {
      return FactSheet.text(Optional.empty(), Source.SYSFS);
    }
    List<Model> models =
        catalog.withPciId(device.getAsInt(), PciFunctions.subsystem(files, address));
    if (models.isEmpty()) {
      return FactSheet.notMeasured("the PCI id is not in the catalogue", Source.SYSFS);
    }
    String known = models.getFirst().name();
    boolean own = models.stream().anyMatch(model -> mayBeCalled(model.name(), name));
    return FactSheet.text(Optional.of(own ? name : known), Source.SYSFS);
  }

  /** Slices of a device carry its name with an addition. */
  private static boolean mayBeCalled(String model, String name) {
    return plain(name).contains(plain(model));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceFirst("^nvidia\\b", "").replaceAll("[\\s-]", "");
  }

  private String path(String name) {
    return PciFunctions.path(address, name);
  }
}
