package dev.assay.benchmark;

import java.io.IOException;

/** A device whose speed can be measured. */
public interface DeviceBench {
  /** The device's id, as in {@code cpu:0}. */
  String device();

  /**
   * Runs all of its benchmarks, some tens of seconds. Whatever they took is given back before this
   * returns, however it ends.
   */
  DeviceResult run(Repetition repetition) throws InterruptedException, IOException;
}
