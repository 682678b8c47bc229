package dev.assay.gpu.nvml;

import com.sun.jna.ptr.IntByReference;

/** Lists of which only the length is asked: the library answers that the room for them is short. */
final class Counting {
  private Counting() {}

  static Measured<Long> of(Measured<Integer> code, IntByReference count) {
    return switch (code) {
      case Measured.Value<Integer>(Integer result)
          when result == NvmlResult.SUCCESS || result == NvmlResult.INSUFFICIENT_SIZE ->
          new Measured.Value<>(Integer.toUnsignedLong(count.getValue()));
      case Measured.Value<Integer>(Integer result) -> new Measured.Not<>(NvmlResult.reason(result));
      case Measured.Not<Integer>(String reason) -> new Measured.Not<>(reason);
    };
  }
}
