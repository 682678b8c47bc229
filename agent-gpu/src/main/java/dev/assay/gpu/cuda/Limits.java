package dev.assay.gpu.cuda;

import java.time.Duration;

/**
 * How long is waited before a device is taken to hang.
 *
 * @param call for one call of the driver that does no more than it says
 * @param load for a call that may compile kernels, or start or stop a device
 * @param work for what was launched on a device to come to its next end
 * @param cancel for one call of the driver after the caller was interrupted
 */
public record Limits(Duration call, Duration load, Duration work, Duration cancel) {
  /** What even a busy host with many devices keeps. */
  public static final Limits USUAL =
      new Limits(
          Duration.ofSeconds(10),
          Duration.ofMinutes(2),
          Duration.ofSeconds(20),
          Duration.ofMillis(100));
}
