package dev.assay.hardware;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A device that can be asked for a proof, and what sizes one for it.
 *
 * @param id as challenges name it, such as {@code cpu:0}
 * @param cores physical cores (a GPU: multiprocessors)
 * @param threads hardware threads that work may use at once
 * @param lastLevelCacheBytes all last-level caches together, 0 if unknown
 * @param freeMemoryBytes what a proof could take now without displacing anything
 */
public record Device(
    String id,
    Component.Kind kind,
    String model,
    int cores,
    int threads,
    long lastLevelCacheBytes,
    long freeMemoryBytes) {
  private static final double SHARE_OF_GPU = 0.95;

  /** What starting a device takes of its memory, where it has so much that this is known. */
  private static final long START_BYTES = 384L << 20;

  private static final long SMALL_BYTES = 2L << 30;

  /**
   * What a memory-fill of a GPU takes: 0.95 of what is free (proofs.md §2), or less on a small
   * card, whose driver needs more than the rest for its own once the device is started.
   */
  public long fillBytes() {
    long most = freeMemoryBytes - (freeMemoryBytes > SMALL_BYTES ? START_BYTES : 0);
    return Math.min((long) Math.ceil(SHARE_OF_GPU * freeMemoryBytes), most);
  }

  /**
   * The device that a component is: of kind CPU or GPU, and with {@code threads} (or {@code
   * usableThreads}, which goes first) and {@code freeMemoryBytes} measured. Nothing can be asked of
   * any other.
   */
  static Optional<Device> of(Component component) {
    if (component.kind() != Component.Kind.CPU && component.kind() != Component.Kind.GPU) {
      return Optional.empty();
    }
    OptionalLong usable = component.amount("usableThreads");
    OptionalLong threads = usable.isPresent() ? usable : component.amount("threads");
    OptionalLong free = component.amount("freeMemoryBytes");
    if (threads.isEmpty() || free.isEmpty() || threads.getAsLong() > Integer.MAX_VALUE) {
      return Optional.empty();
    }
    long cores =
        Math.min(component.amount("cores").orElse(threads.getAsLong()), threads.getAsLong());
    return Optional.of(
        new Device(
            component.id(),
            component.kind(),
            component.text("model").orElse("unknown"),
            (int) cores,
            (int) threads.getAsLong(),
            component.amount("lastLevelCacheBytes").orElse(0),
            free.getAsLong()));
  }
}
