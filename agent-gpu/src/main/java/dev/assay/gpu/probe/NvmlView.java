package dev.assay.gpu.probe;

import dev.assay.gpu.nvml.Nvml;
import dev.assay.gpu.nvml.NvmlDevice;
import dev.assay.gpu.nvml.NvmlLibrary;
import dev.assay.gpu.nvml.NvmlSystem;
import java.util.List;
import java.util.Optional;

/**
 * What the management library says.
 *
 * @param unavailable why it says nothing, if that is so
 */
record NvmlView(Optional<String> unavailable, NvmlSystem system, List<NvmlDevice> devices) {
  NvmlView {
    devices = List.copyOf(devices);
  }

  static NvmlView of(NvmlLibrary library) {
    try (Nvml nvml = Nvml.open(library)) {
      return new NvmlView(nvml.unavailable(), nvml.system(), nvml.devices());
    }
  }

  /** The device of that UUID, as NVML writes it, or else at that PCI address. */
  Optional<NvmlDevice> device(String uuid, String pciAddress) {
    return devices.stream()
        .filter(device -> device.identity().uuid().optional().filter(uuid::equals).isPresent())
        .findFirst()
        .or(
            () ->
                devices.stream()
                    .filter(
                        device ->
                            device
                                .identity()
                                .pci()
                                .optional()
                                .filter(pci -> pci.address().equals(pciAddress))
                                .isPresent())
                    .findFirst());
  }
}
