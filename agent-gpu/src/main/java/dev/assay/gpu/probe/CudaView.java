package dev.assay.gpu.probe;

import dev.assay.gpu.cuda.DeviceFacts;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the driver's interface says.
 *
 * @param unavailable why no device can be used, if that is so
 * @param version the newest CUDA it runs, as 1000 · major + 10 · minor
 * @param count how many devices it lists, whether or not they can be used
 * @param unusable one sentence for each device that cannot
 */
record CudaView(
    Optional<String> unavailable,
    OptionalInt version,
    int count,
    List<Gpu> devices,
    List<String> unusable) {

  /**
   * @param freeBytes asked only where the management library does not say
   */
  record Gpu(DeviceFacts facts, OptionalLong freeBytes) {}

  CudaView {
    devices = List.copyOf(devices);
    unusable = List.copyOf(unusable);
  }

  static CudaView none(String why) {
    return new CudaView(Optional.of(why), OptionalInt.empty(), 0, List.of(), List.of());
  }
}
