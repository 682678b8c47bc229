package dev.assay.hardware;

/** The seam to the host's hardware. */
@FunctionalInterface
public interface HardwareProbe {
  /**
   * Reads the host anew. Never fails and never hangs: what could not be read within its time limit
   * is in the answer as {@link Reading.NotMeasured}.
   */
  PlatformFacts probe();
}
