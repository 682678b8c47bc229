package dev.assay.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the kernel has written of GPUs and disks since the host started. */
final class KernelLogCheck {
  private static final String XID_CHECK = "xid";
  private static final String DISK_CHECK = "disk-errors";
  private static final Pattern XID =
      Pattern.compile("NVRM: Xid \\((?:PCI:)?([0-9a-fA-F:.]+)\\): ([0-9]{1,5})");
  private static final Pattern DISK =
      Pattern.compile(
          "(?i)(I/O error, dev (\\S+?),|Buffer I/O error on dev(?:ice)? (\\S+?),|(?:EXT4-fs|XFS|BTRFS) (?:critical )?error|Remounting filesystem read-only)");

  private KernelLogCheck() {}

  /** One kind of error on one GPU. */
  private record Hit(int number, String place) implements Comparable<Hit> {
    @Override
    public int compareTo(Hit other) {
      return number == other.number
          ? place.compareTo(other.place)
          : Integer.compare(number, other.number);
    }
  }

  static List<Line> of(Observed observed) {
    Optional<String> text = observed.kernelLog().text();
    if (text.isEmpty()) {
      return List.of(
          observed.hasGpu()
              ? Line.warning(
                  XID_CHECK,
                  "The kernel's log cannot be read: " + observed.kernelLog().reason() + ".",
                  "sudo assay doctor")
              : Line.information(
                  DISK_CHECK,
                  "The kernel's log cannot be read: " + observed.kernelLog().reason() + "."));
    }
    List<Line> lines = new ArrayList<>();
    if (observed.hasGpu()) {
      lines.addAll(xids(text.get()));
    }
    lines.add(disks(text.get()));
    return lines;
  }

  private static List<Line> xids(String log) {
    Map<Hit, Integer> counts = new TreeMap<>();
    Matcher matcher = XID.matcher(log);
    while (matcher.find()) {
      counts.merge(new Hit(Integer.parseInt(matcher.group(2)), matcher.group(1)), 1, Integer::sum);
    }
    if (counts.isEmpty()) {
      return List.of(
          Line.ok(XID_CHECK, "The driver has reported no error since the host started."));
    }
    List<Line> lines = new ArrayList<>();
    counts.forEach((hit, count) -> lines.add(xid(hit, count)));
    return lines;
  }

  private static Line xid(Hit hit, int count) {
    String where =
        "Xid %d on PCI %s, %s: "
            .formatted(hit.number, hit.place, count == 1 ? "once" : count + " times");
    Optional<Xid> known = Xid.of(hit.number);
    if (known.isEmpty()) {
      return Line.warning(
          XID_CHECK,
          where + "an error that is not known here.",
          "look " + hit.number + " up at docs.nvidia.com/deploy/xid-errors");
    }
    return new Line(
        XID_CHECK,
        known.get().severity(),
        where + known.get().meaning() + ".",
        Optional.of(known.get().cure()));
  }

  private static Line disks(String log) {
    long errors = DISK.matcher(log).results().count();
    return errors == 0
        ? Line.ok(DISK_CHECK, "The kernel has reported no error of a disk since the host started.")
        : Line.failure(
            DISK_CHECK,
            "The kernel has reported %d errors of disks or file systems since the host started."
                .formatted(errors),
            "sudo dmesg | grep -i error   then back up the home and check the disk: sudo smartctl -a"
                + " DISK");
  }
}
