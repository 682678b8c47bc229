package dev.assay.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the control groups of a process are, read from {@code /proc/PID/cgroup} and {@code
 * /proc/self/mountinfo}. Version 1 has a tree for each controller or a few of them; version 2 has
 * one for all, and a host may have both, each controller then belonging to one of them.
 *
 * @param byController its group in the version 1 tree of each controller
 * @param unified its group in the version 2 tree
 */
public record Hierarchies(Map<String, Path> byController, Optional<Path> unified) {
  private record Mount(String root, String point, String type, List<String> options) {}

  /**
   * Those of a process of this host, as they can be reached from here.
   *
   * @throws IOException also if there is no such process any more
   */
  public static Hierarchies of(long pid) throws IOException {
    return parse(
        Files.readString(Path.of("/proc", Long.toString(pid), "cgroup")),
        Files.readString(Path.of("/proc/self/mountinfo")));
  }

  static Hierarchies parse(String selfCgroup, String mountinfo) {
    List<Mount> mounts =
        mountinfo.lines().map(Hierarchies::mount).flatMap(Optional::stream).toList();
    Map<String, Path> byController = new HashMap<>();
    Optional<Path> unified = Optional.empty();
    for (String line : selfCgroup.lines().toList()) {
      String[] fields = line.split(":", 3);
      if (fields.length < 3) {
        continue;
      }
      if (fields[1].isEmpty()) {
        unified =
            mounts.stream()
                .filter(mount -> mount.type.equals("cgroup2"))
                .findFirst()
                .map(mount -> place(mount, fields[2]));
        continue;
      }
      for (String controller : fields[1].split(",", -1)) {
        mounts.stream()
            .filter(mount -> mount.type.equals("cgroup") && mount.options.contains(controller))
            .findFirst()
            .ifPresent(mount -> byController.put(controller, place(mount, fields[2])));
      }
    }
    return new Hierarchies(Map.copyOf(byController), unified);
  }

  /** A line of mountinfo: {@code 36 35 98:0 /root /point options … - type source options}. */
  private static Optional<Mount> mount(String line) {
    int separator = line.indexOf(" - ");
    String[] before = line.split(" ", 6);
    if (separator < 0 || before.length < 6) {
      return Optional.empty();
    }
    String[] after = line.substring(separator + 3).split(" ", 3);
    return after.length < 3
        ? Optional.empty()
        : Optional.of(
            new Mount(
                unescape(before[3]),
                unescape(before[4]),
                after[0],
                Arrays.asList(after[2].split(",", -1))));
  }

  /** In a container only a part of the tree is mounted: the group is named from the whole. */
  private static Path place(Mount mount, String group) {
    String inside = group;
    if (!mount.root.equals("/") && group.startsWith(mount.root)) {
      inside = group.substring(mount.root.length());
    }
    Path point = Path.of(mount.point);
    Path place = point.resolve(inside.replaceFirst("^/+", "")).normalize();
    return place.startsWith(point) ? place : point;
  }

  private static String unescape(String field) {
    return field
        .replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }
}
