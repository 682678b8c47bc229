package dev.assay.gpu.probe;

import dev.assay.host.HostFiles;
import dev.assay.host.RawHost;
import dev.assay.host.ReadList;
import java.util.List;
import java.util.stream.Stream;

/** Copies the files that tell of NVIDIA's adapters, their driver and its libraries. */
final class GpuFiles {
  private static final ReadList FIRST =
      new ReadList(
          List.of(
              "etc/ld.so.preload",
              "proc/driver/nvidia/version",
              "proc/driver/nvidia/gpus/*/information",
              "proc/self/maps",
              "proc/self/mountinfo",
              "sys/module/nvidia/version",
              "sys/bus/pci/devices/*/vendor",
              "sys/bus/pci/devices/*/class"),
          List.of(),
          List.of(),
          List.of());
  private static final List<String> OF_ADAPTER =
      List.of(
          "device",
          "subsystem_vendor",
          "subsystem_device",
          "numa_node",
          "current_link_speed",
          "current_link_width",
          "max_link_speed",
          "max_link_width");

  private GpuFiles() {}

  /** Which of the listed paths there are depends on what the first of them hold. */
  static RawHost acquire(HostFiles files) {
    RawHost first = files.acquire(FIRST);
    List<String> adapters =
        PciFunctions.of(first).stream()
            .flatMap(address -> OF_ADAPTER.stream().map(name -> PciFunctions.path(address, name)))
            .toList();
    List<String> libraries =
        Stream.of(LoadedLibrary.CUDA, LoadedLibrary.NVML)
            .flatMap(name -> LoadedLibrary.paths(first, name).stream())
            .map(path -> path.replaceFirst("^/", ""))
            .toList();
    return first.with(files.acquire(new ReadList(adapters, List.of(), List.of(), libraries)));
  }
}
