package dev.assay.gpu.probe;

import dev.assay.gpu.catalog.Catalog;
import dev.assay.gpu.cuda.DeviceFacts;
import dev.assay.gpu.cuda.DriverState;
import dev.assay.gpu.nvml.NvmlLibrary;
import dev.assay.hardware.Component;
import dev.assay.hardware.Conflict;
import dev.assay.host.HostFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the NVIDIA GPUs of the host that this process runs on. Never fails and never hangs; a host
 * without one has no facts.
 */
public final class GpuProbe {
  private static final Duration EACH_READ = Duration.ofSeconds(2);

  private final DriverState driver;
  private final NvmlLibrary nvml;
  private final HostFiles files;
  private final LoaderSettings loader;
  private final Catalog catalog;

  /**
   * @param driver as this process opened it; its devices are the ones that can be asked for proofs
   * @param environment the variables of this process
   */
  public GpuProbe(DriverState driver, NvmlLibrary nvml, Map<String, String> environment) {
    this(
        driver,
        nvml,
        new HostFiles(Path.of("/"), EACH_READ),
        LoaderSettings.of(environment),
        Catalog.load());
  }

  GpuProbe(
      DriverState driver,
      NvmlLibrary nvml,
      HostFiles files,
      LoaderSettings loader,
      Catalog catalog) {
    this.driver = driver;
    this.nvml = nvml;
    this.files = files;
    this.loader = loader;
    this.catalog = catalog;
  }

  /** Reads everything anew. */
  public GpuFacts probe() {
    NvmlView managed = NvmlView.of(nvml);
    CudaView cuda = CudaSource.view(driver, withKnownFreeMemory(managed));
    return interpret(new RawGpus(cuda, managed, GpuFiles.acquire(files), loader), catalog);
  }

  private static Set<String> withKnownFreeMemory(NvmlView managed) {
    return managed.devices().stream()
        .filter(device -> device.memory().free().optional().isPresent())
        .flatMap(device -> device.identity().uuid().optional().stream())
        .map(uuid -> uuid.replaceFirst("^GPU-", ""))
        .collect(Collectors.toSet());
  }

  static GpuFacts interpret(RawGpus raw, Catalog catalog) {
    List<Conflict> conflicts = new ArrayList<>();
    List<Component> components = new ArrayList<>();
    List<DeviceFacts> earlier = new ArrayList<>();
    for (CudaView.Gpu gpu : raw.cuda().devices()) {
      components.add(new GpuComponent(raw, gpu, conflicts).describe(catalog, earlier));
      earlier.add(gpu.facts());
    }
    new DriverComponent(raw, conflicts).describe().ifPresent(components::add);
    return new GpuFacts(components, conflicts);
  }
}
