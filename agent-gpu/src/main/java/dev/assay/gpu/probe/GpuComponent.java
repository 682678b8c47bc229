package dev.assay.gpu.probe;

import static dev.assay.gpu.probe.Readings.amount;
import static dev.assay.gpu.probe.Readings.cuda;
import static dev.assay.gpu.probe.Readings.flag;
import static dev.assay.gpu.probe.Readings.text;

import dev.assay.gpu.catalog.Catalog;
import dev.assay.gpu.cuda.DeviceFacts;
import dev.assay.gpu.nvml.NvmlDevice;
import dev.assay.hardware.Component;
import dev.assay.hardware.Conflict;
import dev.assay.hardware.Reading;
import dev.assay.hardware.Source;
import dev.assay.host.FactSheet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * One device that the driver offers, as all sources describe it. The sources are brought together
 * by the device's UUID, or by its PCI address where that fails.
 */
final class GpuComponent {
  private final RawGpus raw;
  private final CudaView.Gpu gpu;
  private final DeviceFacts facts;
  private final Optional<NvmlDevice> nvml;
  private final Optional<NvmlDevice> compared;
  private final AdapterFiles adapter;
  private final FactSheet sheet;

  GpuComponent(RawGpus raw, CudaView.Gpu gpu, List<Conflict> conflicts) {
    this.raw = raw;
    this.gpu = gpu;
    this.facts = gpu.facts();
    this.nvml = raw.nvml().device(uuid(facts), facts.pciBusId());
    this.compared = nvml.filter(device -> !isDivided(device));
    this.adapter = new AdapterFiles(raw.files(), facts.pciBusId());
    this.sheet = new FactSheet(facts.id(), Component.Kind.GPU, conflicts);
  }

  /** The UUID as NVML writes it. */
  static String uuid(DeviceFacts facts) {
    return "GPU-" + facts.uuid();
  }

  /**
   * @param earlier devices with smaller numbers, none of which this one should be
   */
  Component describe(Catalog catalog, List<DeviceFacts> earlier) {
    identity(catalog);
    twins(earlier);
    computing();
    memory();
    adapter.putInto(sheet, nvml.map(NvmlDevice::link));
    nvml.ifPresentOrElse(
        device -> NvmlFacts.putInto(sheet, device),
        () -> sheet.put("management", FactSheet.notMeasured(whyNoNvml(), Source.NVML)));
    return sheet.component();
  }

  private String whyNoNvml() {
    return nvml.isPresent()
        ? "this is a slice of the device that NVML describes"
        : raw.nvml().unavailable().orElse("NVML does not list this device");
  }

  /** CUDA then offers a slice, with a name, a UUID and a memory of its own. */
  static boolean isDivided(NvmlDevice device) {
    return device.modes().multiInstance().optional().orElse(false);
  }

  private void identity(Catalog catalog) {
    Reading named = cuda(facts.name());
    sheet
        .put(
            "model",
            named,
            nvml(device -> text(device.identity().name())),
            ofWhole(adapter.driversText("Model")),
            adapter.modelByPciId(catalog, facts.name()))
        .put(
            "uuid",
            cuda(uuid(facts)),
            nvml(device -> text(device.identity().uuid())),
            ofWhole(adapter.driversText("GPU UUID")))
        .put(
            "pciAddress",
            cuda(facts.pciBusId()),
            nvml(device -> text(device.identity().pci().map(NvmlDevice.Pci::address))))
        .put(
            "pciDeviceId",
            adapter.pciDeviceId(),
            nvml(device -> text(device.identity().pci().map(pci -> hex(pci.deviceId() >>> 16, 4)))))
        .put(
            "pciSubsystemId",
            adapter.pciSubsystemId(),
            nvml(device -> text(device.identity().pci().map(GpuComponent::subsystem))))
        .put(
            "computeCapability",
            cuda(facts.capability().toString()),
            nvml(device -> text(device.identity().computeCapability())));
  }

  /** NVML has the vendor in the lower half; the kernel names the vendor first. */
  private static String subsystem(NvmlDevice.Pci pci) {
    return hex((pci.subsystemId() & 0xffff) << 16 | pci.subsystemId() >>> 16, 8);
  }

  static String hex(long value, int digits) {
    return "0x" + String.format(Locale.ROOT, "%0" + digits + "x", value);
  }

  /** One device that answers under two numbers would have been counted twice. */
  private void twins(List<DeviceFacts> earlier) {
    earlier.stream()
        .filter(other -> other.uuid().equals(facts.uuid()))
        .findFirst()
        .ifPresent(other -> sheet.put("sameUuidAs", cuda(other.id())));
    earlier.stream()
        .filter(other -> other.pciBusId().equals(facts.pciBusId()))
        .findFirst()
        .ifPresent(other -> sheet.put("samePciAddressAs", cuda(other.id())));
  }

  private void computing() {
    sheet
        .put("cores", cuda(facts.multiprocessors()))
        .put("threads", cuda((long) facts.multiprocessors() * facts.threadsPerMultiprocessor()))
        .put("lastLevelCacheBytes", cuda(facts.l2Bytes()))
        .put("integrated", new Reading.Flag(facts.integrated(), Source.CUDA))
        .put("watchdog", new Reading.Flag(facts.watchdog(), Source.CUDA))
        .putMoving(
            "maxHertz",
            cuda(facts.clockHertz()),
            nvml(device -> amount(device.clocks().maxMultiprocessor())))
        .putMoving(
            "maxMemoryHertz",
            cuda(facts.memoryClockHertz()),
            nvml(device -> amount(device.clocks().maxMemory())));
  }

  private void memory() {
    sheet
        .putMoving(
            "totalBytes", cuda(facts.totalBytes()), nvml(device -> amount(device.memory().total())))
        .putMoving(
            "freeMemoryBytes",
            nvml(device -> amount(device.memory().free())),
            FactSheet.amount(gpu.freeBytes(), Source.CUDA))
        .put(
            "memoryBusBits",
            cuda(facts.memoryBusBits()),
            nvml(device -> amount(device.identity().memoryBusBits())))
        .put(
            "ecc",
            new Reading.Flag(facts.ecc(), Source.CUDA),
            nvml(device -> flag(device.ecc().enabled())));
  }

  private Reading ofWhole(Reading reading) {
    return nvml.isPresent() && compared.isEmpty()
        ? FactSheet.notMeasured(whyNoNvml(), reading.source())
        : reading;
  }

  private Reading nvml(Function<NvmlDevice, Reading> reading) {
    return compared.map(reading).orElseGet(() -> FactSheet.notMeasured(whyNoNvml(), Source.NVML));
  }
}
