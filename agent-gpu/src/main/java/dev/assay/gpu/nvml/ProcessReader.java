package dev.assay.gpu.nvml;

import com.sun.jna.Memory;
import com.sun.jna.ptr.IntByReference;

/** Counts the processes on a device and adds up their memory; process ids are not kept. */
final class ProcessReader {
  private static final int MOST = 1024;
  private static final long NOT_AVAILABLE = -1;

  /** {@code nvmlProcessInfo_t}: id, memory at offset 8, two instance ids. */
  private static final int ENTRY = 24;

  private final Reader reader;

  ProcessReader(Reader reader) {
    this.reader = reader;
  }

  NvmlDevice.Processes read() {
    Memory entries = new Memory((long) MOST * ENTRY);
    entries.clear();
    IntByReference count = new IntByReference(MOST);
    Measured<Long> computing =
        reader.read(
            "nvmlDeviceGetComputeRunningProcesses_v3",
            () -> Integer.toUnsignedLong(count.getValue()),
            count,
            entries);
    IntByReference drawing = new IntByReference(0);
    return new NvmlDevice.Processes(
        computing,
        switch (computing) {
          case Measured.Value<Long>(Long processes) -> memory(entries, processes);
          case Measured.Not<Long> not -> not;
        },
        Counting.of(
            reader.code("nvmlDeviceGetGraphicsRunningProcesses_v3", drawing, null), drawing));
  }

  private static Measured<Long> memory(Memory entries, long processes) {
    long sum = 0;
    for (int i = 0; i < Math.min(processes, MOST); i++) {
      long bytes = entries.getLong((long) i * ENTRY + 8);
      if (bytes == NOT_AVAILABLE) {
        return new Measured.Not<>("the driver does not tell processes' memory apart");
      }
      sum += bytes;
    }
    return new Measured.Value<>(sum);
  }
}
