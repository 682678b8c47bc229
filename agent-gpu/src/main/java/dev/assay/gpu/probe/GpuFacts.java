package dev.assay.gpu.probe;

import dev.assay.hardware.Component;
import dev.assay.hardware.Conflict;
import java.util.List;

/**
 * The GPUs' part of a platform's facts.
 *
 * @param components the devices, {@code cuda:0} and so on, and their driver; none without one
 */
public record GpuFacts(List<Component> components, List<Conflict> conflicts) {
  public GpuFacts {
    components = List.copyOf(components);
    conflicts = List.copyOf(conflicts);
  }
}
