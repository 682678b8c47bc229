package dev.assay.benchmark.host;

import dev.assay.benchmark.Benchmark;
import dev.assay.benchmark.DeviceBench;
import dev.assay.benchmark.DeviceResult;
import dev.assay.benchmark.Expected;
import dev.assay.benchmark.Figure;
import dev.assay.benchmark.Finding;
import dev.assay.benchmark.Repetition;
import dev.assay.hardware.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The benchmarks of the host, which go under the device of its processors. */
public final class HostBench implements DeviceBench {
  private final Device processors;
  private final Path directory;
  private final double load;

  /**
   * @param processors the device {@code cpu:0}
   * @param directory below which the disk is that is measured; a file without a name takes a tenth
   *     of its free space at most
   * @param load how many threads are running already, negative if unknown
   */
  public HostBench(Device processors, Path directory, double load) {
    this.processors = processors;
    this.directory = directory;
    this.load = load;
  }

  @Override
  public String device() {
    return processors.id();
  }

  @Override
  public DeviceResult run(Repetition repetition) throws InterruptedException, IOException {
    List<Benchmark> benchmarks = new ArrayList<>();
    try (Disk disk = new Disk(directory, repetition.effort().diskBytes())) {
      benchmarks.addAll(
          MemoryBandwidth.all(processors.threads(), processors.lastLevelCacheBytes(), spare()));
      benchmarks.addAll(ProcessorWork.all(processors.threads()));
      benchmarks.addAll(DiskWork.all(disk));
      return new DeviceResult(
          processors.id(),
          processors.model(),
          scaled(repetition.figures(processors.id(), benchmarks), processors.cores()),
          findings());
    }
  }

  private long spare() {
    return Math.min(processors.freeMemoryBytes(), Runtime.getRuntime().maxMemory());
  }

  /** What all cores reach should be what one reaches, times the cores. */
  private static List<Figure> scaled(List<Figure> figures, int cores) {
    List<Figure> scaled = new ArrayList<>();
    for (Figure figure : figures) {
      String name = figure.subject().name();
      OptionalDouble one = OptionalDouble.empty();
      if (name.endsWith(ProcessorWork.ALL)) {
        String single = name.replace(ProcessorWork.ALL, ProcessorWork.ONE);
        one =
            figures.stream()
                .filter(f -> f.subject().name().equals(single))
                .map(Figure::median)
                .findFirst()
                .orElse(OptionalDouble.empty());
      }
      scaled.add(
          one.isEmpty()
              ? figure
              : figure.against(
                  new Expected(
                      one.getAsDouble() * cores, "one core's figure × %d".formatted(cores))));
    }
    return scaled;
  }

  private List<Finding> findings() {
    if (load < 0.5 + 0.1 * processors.threads()) {
      return List.of();
    }
    return List.of(
        new Finding(
            "host-busy",
            "%.1f threads were running already on %d processors, so these figures are too low: end what runs and measure again."
                .formatted(load, processors.threads())));
  }
}
