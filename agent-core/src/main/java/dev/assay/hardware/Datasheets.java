package dev.assay.hardware;

import java.util.OptionalLong;

/** What makers publish of their models, for deadlines that are theirs and not the node's word. */
@FunctionalInterface
public interface Datasheets {
  /** Knows no model. */
  Datasheets NONE = model -> Sheet.UNKNOWN;

  /**
   * Peak figures of a model; where several go by one name, those that each of them reaches.
   *
   * @param memoryBytesPerSecond of the device's memory
   * @param int8OpsPerSecond of 8-bit matrix products, a multiply-add as two
   */
  record Sheet(OptionalLong memoryBytesPerSecond, OptionalLong int8OpsPerSecond) {
    /** That of a model nobody knows. */
    public static final Sheet UNKNOWN = new Sheet(OptionalLong.empty(), OptionalLong.empty());
  }

  /** The figures of a model by the name that its driver has for it. */
  Sheet of(String model);
}
