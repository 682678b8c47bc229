package dev.assay.gpu.nvml;

import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One use of the management library, from initialisation to shutdown. Opening never fails: where
 * there is nothing to open, {@link #unavailable()} says why, and all readings say so too.
 */
public final class Nvml implements AutoCloseable {
  private static final Duration ALTOGETHER = Duration.ofSeconds(15);
  private static final int MAX_DEVICES = 64;

  private final NvmlLibrary library;
  private final long deadline;
  private final Measured<Integer> initialised;

  private Nvml(NvmlLibrary library, long deadline) {
    this.library = library;
    this.deadline = deadline;
    Measured<Integer> always = new Measured.Value<>(NvmlResult.SUCCESS);
    this.initialised =
        new Reader(library, deadline, always).read("nvmlInit_v2", () -> NvmlResult.SUCCESS);
  }

  /** Opens the library for one series of readings, which together take at most 15 seconds. */
  public static Nvml open(NvmlLibrary library) {
    return new Nvml(library, System.nanoTime() + ALTOGETHER.toNanos());
  }

  /** Why nothing can be read; empty if the library is open. */
  public Optional<String> unavailable() {
    return initialised instanceof Measured.Not<Integer>(String reason)
        ? Optional.of(reason)
        : Optional.empty();
  }

  /** The driver as a whole. */
  public NvmlSystem system() {
    Reader reader = new Reader(library, deadline, initialised);
    IntByReference count = new IntByReference();
    IntByReference cuda = new IntByReference();
    return new NvmlSystem(
        reader.text("nvmlSystemGetDriverVersion", 80),
        reader.text("nvmlSystemGetNVMLVersion", 80),
        reader.read("nvmlSystemGetCudaDriverVersion_v2", cuda::getValue, cuda),
        reader.read("nvmlDeviceGetCount_v2", count::getValue, count));
  }

  /** All devices, each read under a handle of its own; none if their number is not known. */
  public List<NvmlDevice> devices() {
    int count = system().deviceCount().optional().orElse(0);
    List<NvmlDevice> devices = new ArrayList<>();
    for (int index = 0; index < Math.min(count, MAX_DEVICES); index++) {
      devices.add(device(index));
    }
    return List.copyOf(devices);
  }

  /** The device of that index. If there is none, every reading of it says so. */
  public NvmlDevice device(int index) {
    Reader reader = new Reader(library, deadline, initialised);
    PointerByReference handle = new PointerByReference();
    Measured<Integer> found = reader.read("nvmlDeviceGetHandleByIndex_v2", () -> 0, index, handle);
    return new DeviceReader(new Reader(library, deadline, found, handle.getValue())).read(index);
  }

  /**
   * Shuts the library down, unless a call in it has not come back: it would lose the ground under
   * its feet.
   */
  @Override
  public void close() {
    if (unavailable().isEmpty() && !library.hangs()) {
      library.call(System.nanoTime() + Duration.ofSeconds(2).toNanos(), "nvmlShutdown");
    }
  }
}
