package dev.assay.gpu.cuda;

import java.util.ArrayList;
import java.util.List;

/** A kernel's arguments, in their order. */
public final class Arguments {
  private final List<Object> values = new ArrayList<>();

  /** A pointer to byte {@code offset} of device memory. */
  public Arguments pointer(DeviceMemory memory, long offset) {
    return u64(memory.address() + offset);
  }

  /** A pointer to the first byte of device memory. */
  public Arguments pointer(DeviceMemory memory) {
    return pointer(memory, 0);
  }

  /** A 64-bit integer. */
  public Arguments u64(long value) {
    values.add(new long[] {value});
    return this;
  }

  /** A 32-bit integer. */
  public Arguments u32(int value) {
    values.add(new int[] {value});
    return this;
  }

  /** A 32-bit floating-point number. */
  public Arguments f32(float value) {
    return u32(Float.floatToRawIntBits(value));
  }

  /** A structure of 32-bit words, passed by value. */
  public Arguments words(int[] words) {
    values.add(words.clone());
    return this;
  }

  List<Object> values() {
    return values;
  }
}
