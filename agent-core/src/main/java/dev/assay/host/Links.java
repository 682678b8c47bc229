package dev.assay.host;

import static dev.assay.host.FactSheet.amount;
import static dev.assay.host.FactSheet.text;

import dev.assay.hardware.Component;
import dev.assay.hardware.Conflict;
import dev.assay.hardware.Reading;
import dev.assay.hardware.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Network links that stand for a piece of hardware. They are numbered, not named: an interface's
 * name can carry its address.
 */
final class Links {
  private static final String NET = "sys/class/net";
  private static final long MEGABIT = 1_000_000;

  private Links() {}

  static List<Component> of(RawHost raw, OshiView oshi, List<Conflict> conflicts) {
    List<Component> links = new ArrayList<>();
    for (String name : raw.names(NET)) {
      String path = NET + "/" + name;
      if (!raw.present().contains(path + "/device")) {
        continue;
      }
      links.add(
          new FactSheet("network:" + links.size(), Component.Kind.NETWORK, conflicts)
              .put("medium", text(medium(raw, path), Source.SYSFS))
              .put("driver", text(raw.raw(path + "/device/driver"), Source.SYSFS))
              .put("up", up(raw, path))
              .put("bitsPerSecond", speed(raw, path), second(oshi, name))
              .component());
    }
    return links;
  }

  /** Drivers answer -1, or fail, when there is no carrier or the link has no speed of its own. */
  private static Reading speed(RawHost raw, String path) {
    OptionalLong megabits = raw.number(path + "/speed");
    return megabits.isPresent() && megabits.getAsLong() > 0
        ? amount(OptionalLong.of(megabits.getAsLong() * MEGABIT), Source.SYSFS)
        : new Reading.NotMeasured("the driver does not say", Source.SYSFS);
  }

  private static Reading second(OshiView oshi, String name) {
    long speed = oshi.linkBitsPerSecond().getOrDefault(name, 0L);
    return amount(speed > 0 ? OptionalLong.of(speed) : OptionalLong.empty(), Source.OSHI);
  }

  private static Reading up(RawHost raw, String path) {
    return raw.text(path + "/operstate")
        .<Reading>map(state -> new Reading.Flag(state.equals("up"), Source.SYSFS))
        .orElseGet(() -> text(Optional.empty(), Source.SYSFS));
  }

  private static Optional<String> medium(RawHost raw, String path) {
    if (raw.present().contains(path + "/wireless")) {
      return Optional.of("wireless");
    }
    return raw.text(path + "/type")
        .map(
            type ->
                switch (type) {
                  case "1" -> "ethernet";
                  case "32" -> "infiniband";
                  default -> "other";
                });
  }
}
