package dev.assay.gpu.probe;

import dev.assay.gpu.cuda.CudaContext;
import dev.assay.gpu.cuda.CudaDevice;
import dev.assay.gpu.cuda.CudaException;
import dev.assay.gpu.cuda.DeviceState;
import dev.assay.gpu.cuda.DriverState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Turns the state of the driver, as it was opened, into a view of its devices now. */
final class CudaSource {
  private static final Duration FREE_MEMORY = Duration.ofSeconds(5);

  private CudaSource() {}

  /**
   * @param known the UUIDs, as CUDA writes them, of devices whose free memory is known otherwise
   */
  static CudaView view(DriverState state, Set<String> known) {
    return switch (state) {
      case DriverState.NoDriver none -> CudaView.none(none.sentence());
      case DriverState.NoDevice none -> CudaView.none(none.sentence());
      case DriverState.Failed failed -> CudaView.none(failed.sentence());
      case DriverState.TooOld old ->
          new CudaView(
              Optional.of(old.sentence()),
              OptionalInt.of(old.version().number()),
              0,
              List.of(),
              List.of());
      case DriverState.Ready ready -> ready(ready, known);
    };
  }

  private static CudaView ready(DriverState.Ready ready, Set<String> known) {
    List<CudaView.Gpu> devices = new ArrayList<>();
    List<String> unusable = new ArrayList<>();
    for (DeviceState device : ready.devices()) {
      switch (device) {
        case DeviceState.Usable(CudaDevice usable) ->
            devices.add(
                new CudaView.Gpu(
                    usable.facts(),
                    known.contains(usable.facts().uuid())
                        ? OptionalLong.empty()
                        : freeBytes(usable)));
        case DeviceState.Unsupported unsupported -> unusable.add(unsupported.sentence());
        case DeviceState.Unreadable unreadable -> unusable.add(unreadable.sentence());
      }
    }
    return new CudaView(
        Optional.empty(),
        OptionalInt.of(ready.version().number()),
        ready.devices().size(),
        devices,
        unusable);
  }

  /** A device that is at work is not waited for longer than the limit. */
  private static OptionalLong freeBytes(CudaDevice device) {
    FutureTask<Long> asked = new FutureTask<>(() -> device.use(CudaSource::free));
    Thread thread = Thread.ofPlatform().daemon().name("gpu-free-memory").start(asked);
    try {
      return OptionalLong.of(asked.get(FREE_MEMORY.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalLong.empty();
    } catch (ExecutionException | TimeoutException e) {
      return OptionalLong.empty();
    } finally {
      thread.interrupt();
    }
  }

  private static Long free(CudaContext context) throws CudaException {
    return context.memory().free();
  }
}
