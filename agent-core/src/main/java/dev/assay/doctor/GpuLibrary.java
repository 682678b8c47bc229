package dev.assay.doctor;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the driver's management library says.
 *
 * @param unavailable why it says nothing, if so
 * @param cudaVersion the newest that the driver runs, such as {@code 12.4}
 */
public record GpuLibrary(
    Optional<String> unavailable,
    Optional<String> driverVersion,
    Optional<String> libraryVersion,
    Optional<String> cudaVersion,
    List<Gpu> gpus) {
  public GpuLibrary {
    gpus = List.copyOf(gpus);
  }

  /** For a host on which there is no such library. */
  public static GpuLibrary none(String reason) {
    return new GpuLibrary(
        Optional.of(reason), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
  }

  /**
   * One GPU; what is empty could not be measured or does not exist on it.
   *
   * @param index as {@code nvidia-smi} counts, which need not be CUDA's way
   * @param uncorrectedErrors of its memory since the driver was loaded
   * @param remapPending whether a replacement of broken memory waits for a reset
   * @param remapFailed whether there was none left to replace it with
   * @param throttles why it runs slower than it could, in the library's words
   */
  public record Gpu(
      int index,
      String model,
      Optional<Boolean> persistence,
      Optional<Boolean> ecc,
      Optional<Boolean> eccAfterReboot,
      OptionalLong uncorrectedErrors,
      Optional<Boolean> remapPending,
      Optional<Boolean> remapFailed,
      List<String> throttles) {
    public Gpu {
      throttles = List.copyOf(throttles);
    }

    /** For a person: {@code GPU 0}. */
    String label() {
      return "GPU " + index;
    }
  }
}
