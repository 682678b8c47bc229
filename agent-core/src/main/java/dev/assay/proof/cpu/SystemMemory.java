package dev.assay.proof.cpu;

import com.sun.management.OperatingSystemMXBean;
import dev.assay.proof.ProverException;
import dev.assay.proof.ProverException.Remedy;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What memory there is. Systems lend more than they have and end a process when it is used, so a
 * prover asks before it takes any.
 */
final class SystemMemory {
  private static final Path MEMINFO = Path.of("/proc/meminfo");
  private static final String AVAILABLE = "MemAvailable:";

  private SystemMemory() {}

  /** Refuses to take more than the machine, or a container's limit, has or can spare now. */
  static void require(long bytes) throws ProverException {
    long total =
        ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
            ? system.getTotalMemorySize()
            : Long.MAX_VALUE;
    if (bytes > total) {
      throw new ProverException(
          Remedy.STOP,
          "memory-fill needs %d bytes and this machine has %d; ask for fewer labels"
              .formatted(bytes, total),
          null);
    }
    long available = available();
    if (bytes > available) {
      throw new ProverException(
          Remedy.RETRY,
          "memory-fill needs %d bytes and %d are free now; try again with less running"
              .formatted(bytes, available),
          null);
    }
  }

  /** As Linux says; elsewhere the system is left to refuse by itself. */
  private static long available() {
    try (Stream<String> lines = Files.lines(MEMINFO)) {
      return lines
          .filter(line -> line.startsWith(AVAILABLE))
          .map(line -> line.substring(AVAILABLE.length()).replace("kB", "").strip())
          .mapToLong(Long::parseLong)
          .map(kibibytes -> kibibytes << 10)
          .findFirst()
          .orElse(Long.MAX_VALUE);
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }
}
