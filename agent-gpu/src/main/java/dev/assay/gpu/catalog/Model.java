package dev.assay.gpu.catalog;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A model of GPU as it is sold.
 *
 * @param name as NVIDIA's driver reports it; models that differ in memory alone may share one
 * @param market consumer, workstation or datacentre
 * @param computeCapability major and minor with a point
 * @param absent why a figure is not here, for each that is not
 */
public record Model(
    String name,
    Market market,
    String chip,
    String computeCapability,
    List<PciId> pciIds,
    Map<Figure, Sourced> figures,
    Map<Figure, String> absent) {

  /** Whom a model is sold to. */
  public enum Market {
    CONSUMER,
    WORKSTATION,
    DATACENTRE
  }

  public Model {
    pciIds = List.copyOf(pciIds);
    figures = Collections.unmodifiableMap(new EnumMap<>(figures));
    absent = Collections.unmodifiableMap(new EnumMap<>(absent));
  }

  /** The figure's value, if it is known. */
  public OptionalLong figure(Figure figure) {
    Sourced sourced = figures.get(figure);
    return sourced == null ? OptionalLong.empty() : OptionalLong.of(sourced.value());
  }

  /** The name with the memory's size, which together name one model. */
  public String label() {
    OptionalLong memory = figure(Figure.MEMORY_BYTES);
    return memory.isPresent() ? name + " (" + (memory.getAsLong() >> 30) + " GiB)" : name;
  }

  boolean hasPciId(int device, OptionalLong subsystem) {
    return pciIds.stream().anyMatch(id -> id.matches(device, subsystem));
  }
}
