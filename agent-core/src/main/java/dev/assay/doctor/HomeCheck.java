package dev.assay.doctor;

import java.util.ArrayList;
import java.util.List;

/** The node's directory: room, key and log. */
final class HomeCheck {
  private static final String DISK = "disk";
  private static final String KEY = "key";
  private static final String LOG = "log";
  private static final long LITTLE = 5L << 30;
  private static final long TOO_LITTLE = 256L << 20;

  private HomeCheck() {}

  static List<Line> of(Observed.HomeState home) {
    List<Line> lines = new ArrayList<>();
    lines.add(disk(home));
    if (home.exists()) {
      lines.add(key(home));
      lines.add(log(home));
    }
    return lines;
  }

  private static Line disk(Observed.HomeState home) {
    String where = home.directory();
    if (home.readOnly()) {
      return Line.failure(
          DISK,
          where
              + " lies on a file system that is mounted read-only; the kernel does that after"
              + " errors of the disk.",
          "sudo dmesg | grep -i -e 'i/o error' -e read-only");
    }
    if (home.freeBytes().isEmpty()) {
      return Line.failure(DISK, "The file system of " + where + " does not answer.", "df -h");
    }
    if (!home.writable()) {
      return Line.failure(
          DISK,
          "This user may not write to " + where + ".",
          "sudo chown -R \"$USER\" '" + where + "'   or name another --home");
    }
    long free = home.freeBytes().getAsLong();
    String room = "%.1f GiB are free below %s".formatted(free / (double) (1L << 30), where);
    String clear = "du -xh --max-depth=2 '" + where + "' | sort -h | tail";
    if (free < TOO_LITTLE) {
      return Line.failure(DISK, room + ": the log cannot go on for long.", clear);
    }
    if (free < LITTLE) {
      return Line.warning(DISK, room + ".", clear);
    }
    if (home.fileSystem().equals("tmpfs")) {
      return Line.warning(
          DISK,
          where + " lies in memory (tmpfs): key and log are gone at the next start.",
          "name another --home");
    }
    return Line.ok(DISK, room + (home.exists() ? "." : "; nothing is there yet."));
  }

  private static Line key(Observed.HomeState home) {
    Observed.Key key = home.key();
    String file = home.directory() + "/key.pem";
    if (!key.exists()) {
      return Line.information(KEY, "There is no key yet; assay join makes one.");
    }
    if (!key.ownedByUser()) {
      return Line.failure(
          KEY,
          file + " belongs to another user than the one who runs this.",
          "sudo chown \"$USER\" '" + file + "'");
    }
    return key.closedToOthers()
        ? Line.ok(KEY, "Only this user can read the key.")
        : Line.failure(
            KEY,
            "Other users can read or change the key: whoever has it can speak as this node.",
            "chmod 600 '" + file + "'");
  }

  private static Line log(Observed.HomeState home) {
    return switch (home.log()) {
      case Observed.Log.None none -> Line.information(LOG, "Nothing was logged yet.");
      case Observed.Log.Good good ->
          Line.ok(LOG, "The log's checkpoint covers %d entries.".formatted(good.entries()));
      case Observed.Log.Bad bad ->
          Line.failure(
              LOG,
              "The log's checkpoint does not hold: " + bad.reason() + ".",
              "assay audit '" + home.directory() + "/log'   and restore the home from a backup");
    };
  }
}
