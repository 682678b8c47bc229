package dev.assay.gpu.nvml;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * NVIDIA's management library, as this process found it; also when it found none. Keep one for as
 * long as the process reads GPUs: it remembers which functions hang, and never starts a second call
 * of one.
 */
public final class NvmlLibrary {
  private static final String NAME = "libnvidia-ml.so.1";
  private static final Duration EACH_CALL = Duration.ofSeconds(2);

  private final Optional<NativeLibrary> library;
  private final Duration each;
  private final Map<String, Future<Integer>> hanging = new ConcurrentHashMap<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("nvml-", 0).factory());

  private NvmlLibrary(Optional<NativeLibrary> library, Duration each) {
    this.library = library;
    this.each = each;
  }

  /** The library of the installed driver, which is found where the system's linker looks. */
  public static NvmlLibrary ofDriver() {
    return load(NAME, EACH_CALL);
  }

  /**
   * The library of that name or path.
   *
   * @param each how long one call may take
   */
  static NvmlLibrary load(String name, Duration each) {
    try {
      NativeAccess.load();
      return new NvmlLibrary(Optional.of(NativeLibrary.getInstance(name)), each);
    } catch (LinkageError e) {
      return new NvmlLibrary(Optional.empty(), each);
    }
  }

  /** Whether some call has not come back: the library must then stay as it is. */
  boolean hangs() {
    hanging.values().removeIf(Future::isDone);
    return !hanging.isEmpty();
  }

  /**
   * Calls a function that returns {@code nvmlReturn_t}, and gives that. The call's time ends at
   * {@code deadline} too, in {@link System#nanoTime()}'s time.
   */
  Measured<Integer> call(long deadline, String function, Object... arguments) {
    Optional<Function> found = library.flatMap(loaded -> find(loaded, function));
    if (found.isEmpty()) {
      return new Measured.Not<>(
          library.isEmpty() ? "NVML is not installed" : "this driver does not have the function");
    }
    if (hangs() && hanging.containsKey(function)) {
      return new Measured.Not<>("an earlier call has not come back yet");
    }
    long nanos = Math.min(each.toNanos(), deadline - System.nanoTime());
    return nanos <= 0
        ? new Measured.Not<>("not asked: the time for all of NVML was over")
        : within(nanos, function, threads.submit(() -> found.get().invokeInt(arguments)));
  }

  private Measured<Integer> within(long nanos, String function, Future<Integer> result) {
    try {
      return new Measured.Value<>(result.get(nanos, TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      hanging.put(function, result);
      return new Measured.Not<>("no answer within " + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms");
    } catch (ExecutionException e) {
      return new Measured.Not<>("the call failed");
    } catch (InterruptedException e) {
      hanging.put(function, result);
      Thread.currentThread().interrupt();
      return new Measured.Not<>("not read: the probe was interrupted");
    }
  }

  private static Optional<Function> find(NativeLibrary library, String function) {
    try {
      return Optional.of(library.getFunction(function));
    } catch (UnsatisfiedLinkError e) {
      return Optional.empty();
    }
  }
}
