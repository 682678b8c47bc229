package dev.assay.host;

import dev.assay.hardware.Component;
import dev.assay.hardware.Conflict;
import dev.assay.hardware.HardwareProbe;
import dev.assay.hardware.PlatformFacts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Reads the host that this process runs on, a Linux. */
public final class HostProbe implements HardwareProbe {
  private static final Duration EACH_READ = Duration.ofSeconds(2);
  private static final Duration OSHI = Duration.ofSeconds(5);

  private final HostFiles files;
  private final Supplier<OshiView> oshi;
  private final Supplier<JvmView> jvm;

  public HostProbe() {
    this(new HostFiles(Path.of("/"), EACH_READ), new OshiSource(OSHI), JvmView::ofThisProcess);
  }

  HostProbe(HostFiles files, Supplier<OshiView> oshi, Supplier<JvmView> jvm) {
    this.files = files;
    this.oshi = oshi;
    this.jvm = jvm;
  }

  @Override
  public PlatformFacts probe() {
    return interpret(files.acquire(), oshi.get(), jvm.get());
  }

  static PlatformFacts interpret(RawHost raw, OshiView oshi, JvmView jvm) {
    List<Conflict> conflicts = new ArrayList<>();
    List<Component> components = new ArrayList<>();
    Memory memory = new Memory(raw, oshi);
    components.add(Processors.of(raw, oshi, jvm, memory.free(), conflicts));
    components.add(memory.component(conflicts));
    components.addAll(Disks.of(raw, oshi, conflicts));
    components.addAll(Links.of(raw, oshi, conflicts));
    components.addAll(PciAdapters.of(raw, conflicts));
    components.add(Machine.of(raw, conflicts));
    components.add(Surroundings.operatingSystem(raw, conflicts));
    components.add(Surroundings.controlGroups(raw, conflicts));
    components.addAll(Surroundings.engines(raw, conflicts));
    MachineIdentity identity = new MachineIdentity(raw);
    return new PlatformFacts(
        components, conflicts, identity.uptimeSeconds(), identity.bootSeed(), identity.ueid());
  }
}
