package dev.assay.host;

import static dev.assay.host.FactSheet.amount;
import static dev.assay.host.FactSheet.text;

import dev.assay.hardware.Component;
import dev.assay.hardware.Conflict;
import dev.assay.hardware.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Block devices that stand for a piece of hardware: no loops, memory disks or mapped volumes. */
final class Disks {
  private static final String BLOCK = "sys/block";
  private static final long SECTOR = 512;

  private Disks() {}

  static List<Component> of(RawHost raw, OshiView oshi, List<Conflict> conflicts) {
    List<Component> disks = new ArrayList<>();
    for (String name : raw.names(BLOCK)) {
      String path = BLOCK + "/" + name;
      OptionalLong sectors = raw.number(path + "/size");
      boolean real = raw.present().contains(path + "/device") && sectors.orElse(0) > 0;
      if (!real || raw.number(path + "/removable").orElse(0) == 1) {
        continue;
      }
      disks.add(
          new FactSheet("disk:" + disks.size(), Component.Kind.DISK, conflicts)
              .put(
                  "sizeBytes",
                  amount(OptionalLong.of(sectors.getAsLong() * SECTOR), Source.SYSFS),
                  amount(positive(oshi.diskBytes(), name), Source.OSHI))
              .put("model", text(raw.raw(path + "/device/model"), Source.SYSFS))
              .put("medium", text(medium(raw, name), Source.SYSFS))
              .component());
    }
    return disks;
  }

  private static Optional<String> medium(RawHost raw, String name) {
    if (name.startsWith("vd") || name.startsWith("xvd")) {
      return Optional.of("virtual");
    }
    if (name.startsWith("nvme")) {
      return Optional.of("nvme");
    }
    OptionalLong rotational = raw.number(BLOCK + "/" + name + "/queue/rotational");
    return rotational.isEmpty()
        ? Optional.empty()
        : Optional.of(rotational.getAsLong() == 1 ? "rotating" : "solid state");
  }

  private static OptionalLong positive(Map<String, Long> values, String name) {
    long value = values.getOrDefault(name, 0L);
    return value > 0 ? OptionalLong.of(value) : OptionalLong.empty();
  }
}
