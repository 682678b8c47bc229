package dev.assay.host;

import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What OSHI says of the host. Disks and links are by the kernel's name for them, which serves to
 * find the same one again and goes no further.
 */
record OshiView(
    String cpuModel,
    OptionalInt sockets,
    OptionalInt cores,
    OptionalInt threads,
    OptionalLong maxHertz,
    OptionalLong totalMemory,
    OptionalLong availableMemory,
    Map<String, Long> diskBytes,
    Map<String, Long> linkBitsPerSecond) {
  /** No second opinion. */
  static final OshiView NOTHING =
      new OshiView(
          "",
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          Map.of(),
          Map.of());

  OshiView {
    diskBytes = Map.copyOf(diskBytes);
    linkBitsPerSecond = Map.copyOf(linkBitsPerSecond);
  }
}
