package dev.assay.cli;

import dev.assay.benchmark.DeviceBench;
import dev.assay.gpu.bench.GpuBench;
import dev.assay.gpu.bench.PciLink;
import dev.assay.gpu.catalog.Catalog;
import dev.assay.gpu.cuda.CudaDevice;
import dev.assay.gpu.cuda.DeviceState;
import dev.assay.gpu.cuda.Driver;
import dev.assay.gpu.cuda.DriverState;
import dev.assay.gpu.nvml.Nvml;
import dev.assay.gpu.nvml.NvmlDevice;
import dev.assay.gpu.nvml.NvmlLibrary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The GPUs of this host that can be measured, and why others cannot.
 *
 * @param notes a sentence for each that cannot; none where there is no driver at all
 */
record GpuBenches(List<DeviceBench> benches, List<String> notes) {
  static GpuBenches find() throws InterruptedException {
    DriverState driver = Driver.open();
    List<String> notes = new ArrayList<>();
    switch (driver) {
      case DriverState.NoDriver none -> {}
      case DriverState.Ready ready -> {
        for (DeviceState device : ready.devices()) {
          if (!(device instanceof DeviceState.Usable)) {
            notes.add(device.sentence());
          }
        }
      }
      default -> notes.add(driver.sentence());
    }
    List<DeviceBench> benches = new ArrayList<>();
    if (!driver.usable().isEmpty()) {
      Catalog catalog = Catalog.load();
      Map<String, NvmlDevice> readings = readings();
      for (CudaDevice device : driver.usable()) {
        Optional<NvmlDevice> reading = Optional.ofNullable(readings.get(device.facts().pciBusId()));
        benches.add(
            new GpuBench(
                device,
                catalog,
                reading.flatMap(GpuBenches::link),
                reading.flatMap(r -> r.processes().computing().optional()).orElse(0L)));
      }
    }
    return new GpuBenches(benches, notes);
  }

  /** What the management library says, by the devices' addresses on the bus. */
  private static Map<String, NvmlDevice> readings() {
    Map<String, NvmlDevice> readings = new TreeMap<>();
    try (Nvml nvml = Nvml.open(NvmlLibrary.ofDriver())) {
      for (NvmlDevice device : nvml.devices()) {
        device.identity().pci().optional().ifPresent(pci -> readings.put(pci.address(), device));
      }
    }
    return readings;
  }

  /** The link at its best: an idle device lowers it. */
  private static Optional<PciLink> link(NvmlDevice device) {
    Optional<Long> generation = device.link().maxGeneration().optional();
    Optional<Long> width = device.link().maxWidth().optional();
    return generation.isPresent() && width.isPresent()
        ? Optional.of(new PciLink(generation.get(), width.get()))
        : Optional.empty();
  }
}
