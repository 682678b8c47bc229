package dev.assay.gpu.nvml;

import java.util.ArrayList;
import java.util.List;

/** Why clocks are lower than they could be: the bits of {@code nvmlClocksEventReasons}. */
enum ThrottleReason {
  IDLE(0x1, "idle"),
  APPLICATION_CLOCKS(0x2, "application clocks"),
  POWER_CAP(0x4, "power cap"),
  HARDWARE_SLOWDOWN(0x8, "hardware slowdown"),
  SYNC_BOOST(0x10, "sync boost"),
  THERMAL(0x20, "thermal slowdown"),
  HARDWARE_THERMAL(0x40, "hardware thermal slowdown"),
  POWER_BRAKE(0x80, "power brake"),
  DISPLAY_CLOCKS(0x100, "display clocks");

  private final long bit;
  private final String words;

  ThrottleReason(long bit, String words) {
    this.bit = bit;
    this.words = words;
  }

  static List<String> namesOf(long bits) {
    List<String> names = new ArrayList<>();
    long unknown = bits;
    for (ThrottleReason reason : values()) {
      if ((bits & reason.bit) != 0) {
        names.add(reason.words);
        unknown &= ~reason.bit;
      }
    }
    if (unknown != 0) {
      names.add("reason 0x" + Long.toHexString(unknown));
    }
    return List.copyOf(names);
  }
}
