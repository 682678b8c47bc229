package dev.assay.daemon;

import dev.assay.hardware.Component;
import dev.assay.hardware.Device;
import dev.assay.hardware.HardwareProbe;
import dev.assay.hardware.PlatformFacts;
import dev.assay.job.Resources;
import java.util.Optional;

/** The host as it was probed last. */
final class Platform {
  private final HardwareProbe probe;
  private volatile PlatformFacts facts;

  /** Probes the host. */
  Platform(HardwareProbe probe) {
    this.probe = probe;
    this.facts = probe.probe();
  }

  PlatformFacts facts() {
    return facts;
  }

  /** Probes again, for what changes: above all free memory. */
  void refresh() {
    facts = probe.probe();
  }

  Optional<Device> device(String id) {
    return facts.device(id);
  }

  /** What there is for jobs; as much as they ask for, of what could not be measured. */
  Resources resources() {
    PlatformFacts seen = facts;
    long memory =
        seen.components().stream()
            .filter(component -> component.kind() == Component.Kind.MEMORY)
            .mapToLong(component -> component.amount("totalBytes").orElse(Long.MAX_VALUE))
            .findFirst()
            .orElse(Long.MAX_VALUE);
    long milliCpus =
        seen.devices().stream()
            .filter(device -> device.kind() == Component.Kind.CPU)
            .mapToLong(device -> device.threads() * 1000L)
            .sum();
    return new Resources(memory, milliCpus == 0 ? Long.MAX_VALUE : milliCpus, Long.MAX_VALUE);
  }
}
