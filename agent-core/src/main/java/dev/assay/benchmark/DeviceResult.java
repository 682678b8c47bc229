package dev.assay.benchmark;

import java.util.List;
import java.util.Optional;

/**
 * All figures of one device.
 *
 * @param id as in {@code cpu:0}
 * @param model as the device calls itself
 */
public record DeviceResult(String id, String model, List<Figure> figures, List<Finding> findings) {
  public DeviceResult {
    figures = List.copyOf(figures);
    findings = List.copyOf(findings);
  }

  /** The figure of that name. */
  public Optional<Figure> figure(String name) {
    return figures.stream().filter(figure -> figure.subject().name().equals(name)).findFirst();
  }
}
