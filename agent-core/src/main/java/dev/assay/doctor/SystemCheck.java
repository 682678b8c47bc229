package dev.assay.doctor;

import java.util.Set;
import java.util.TreeSet;

/** The host around the agent: its clock and its control groups. */
final class SystemCheck {
  private static final String CLOCK = "clock";
  private static final String CGROUPS = "control-groups";
  private static final Set<String> NEEDED = Set.of("cpu", "memory", "pids");

  private SystemCheck() {}

  static Line clock(Observed.Clock clock) {
    if (clock.synchronised().isEmpty()) {
      return Line.information(
          CLOCK, "Nothing here says whether the clock is set from a time server.");
    }
    return clock.synchronised().get()
        ? Line.ok(CLOCK, "The clock is set from a time server (" + clock.source() + ").")
        : Line.warning(
            CLOCK,
            "The clock is not set from a time server: a challenge may look expired.",
            "sudo timedatectl set-ntp true");
  }

  static Line controlGroups(Set<String> writable) {
    Set<String> missing = new TreeSet<>(NEEDED);
    missing.removeAll(writable);
    return missing.isEmpty()
        ? Line.ok(CGROUPS, "Jobs can be bounded in processors, memory and processes.")
        : Line.warning(
            CGROUPS,
            "This user may not bound jobs in %s: process jobs are refused."
                .formatted(String.join(", ", missing)),
            "systemd-run --user --scope --property=Delegate=yes assay run   or set Delegate=yes in"
                + " the unit");
  }
}
