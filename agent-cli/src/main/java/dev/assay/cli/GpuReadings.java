package dev.assay.cli;

import dev.assay.doctor.GpuLibrary;
import dev.assay.gpu.nvml.Measured;
import dev.assay.gpu.nvml.Nvml;
import dev.assay.gpu.nvml.NvmlDevice;
import dev.assay.gpu.nvml.NvmlLibrary;
import dev.assay.gpu.nvml.NvmlSystem;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What the doctor looks at in the readings of the management library. */
final class GpuReadings {
  private GpuReadings() {}

  static GpuLibrary read() {
    try (Nvml nvml = Nvml.open(NvmlLibrary.ofDriver())) {
      if (nvml.unavailable().isPresent()) {
        return GpuLibrary.none(nvml.unavailable().get());
      }
      NvmlSystem system = nvml.system();
      return new GpuLibrary(
          Optional.empty(),
          system.driverVersion().optional(),
          system.nvmlVersion().optional(),
          system
              .cudaVersion()
              .optional()
              .map(version -> version / 1000 + "." + version % 1000 / 10),
          nvml.devices().stream().map(GpuReadings::gpu).toList());
    }
  }

  private static GpuLibrary.Gpu gpu(NvmlDevice device) {
    Measured<NvmlDevice.RemappedRows> rows = device.ecc().remappedRows();
    return new GpuLibrary.Gpu(
        device.index(),
        device.identity().name().optional().orElse("unknown"),
        device.modes().persistence().optional(),
        device.ecc().enabled().optional(),
        device.ecc().enabledAfterReboot().optional(),
        device.ecc().uncorrected().optional().map(OptionalLong::of).orElse(OptionalLong.empty()),
        rows.map(NvmlDevice.RemappedRows::pending).optional(),
        rows.map(NvmlDevice.RemappedRows::failed).optional(),
        device.clocks().throttleReasons().optional().orElse(List.of()));
  }
}
