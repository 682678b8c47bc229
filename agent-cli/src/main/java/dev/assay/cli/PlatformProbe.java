package dev.assay.cli;

import dev.assay.gpu.nvml.NvmlLibrary;
import dev.assay.gpu.probe.GpuFacts;
import dev.assay.gpu.probe.GpuProbe;
import dev.assay.hardware.Component;
import dev.assay.hardware.Conflict;
import dev.assay.hardware.HardwareProbe;
import dev.assay.hardware.PlatformFacts;
import dev.assay.host.HostProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The host's facts with those of its GPUs. */
final class PlatformProbe implements HardwareProbe {
  private final HardwareProbe host;
  private final Supplier<GpuFacts> gpus;

  PlatformProbe(HardwareProbe host, Supplier<GpuFacts> gpus) {
    this.host = host;
    this.gpus = gpus;
  }

  /** Of this host, with the devices of the driver that this process has open. */
  static PlatformProbe ofThisHost(Cli cli) throws InterruptedException {
    GpuProbe gpus = new GpuProbe(cli.gpuDriver(), NvmlLibrary.ofDriver(), cli.environment());
    return new PlatformProbe(new HostProbe(), gpus::probe);
  }

  @Override
  public PlatformFacts probe() {
    PlatformFacts base = host.probe();
    GpuFacts added = gpus.get();
    List<Component> components = new ArrayList<>(base.components());
    components.addAll(added.components());
    List<Conflict> conflicts = new ArrayList<>(base.conflicts());
    conflicts.addAll(added.conflicts());
    return new PlatformFacts(
        components, conflicts, base.uptimeSeconds(), base.bootSeed(), base.ueid());
  }
}
