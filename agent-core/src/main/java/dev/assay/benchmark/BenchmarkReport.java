package dev.assay.benchmark;

import java.time.Instant;
import java.util.List;

/**
 * Everything that was measured in one go.
 *
 * @param version of the program that measured
 * @param quick whether little time was spent on it
 */
public record BenchmarkReport(
    String version, Instant started, boolean quick, List<DeviceResult> devices) {
  public BenchmarkReport {
    devices = List.copyOf(devices);
  }
}
