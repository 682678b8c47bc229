package dev.assay.host;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where this process's control group is in one mounted hierarchy, from {@code /proc/self/cgroup}
 * and {@code /proc/self/mountinfo}.
 *
 * @param version 1 or 2
 * @param controllers the hierarchy's controllers; empty for version 2, whose directories list them
 * @param mountPoint without the leading slash
 * @param directory of the process's own group, below the mount point or equal to it
 */
record CgroupMount(int version, List<String> controllers, String mountPoint, String directory) {
  /** The hierarchies that this process is in and sees mounted. */
  static List<CgroupMount> ofThisProcess(RawHost raw) {
    String groups = raw.text("proc/self/cgroup").orElse("");
    String mounts = raw.text("proc/self/mountinfo").orElse("");
    Map<String, String> pathOf = new TreeMap<>();
    groups
        .lines()
        .map(line -> line.split(":", 3))
        .filter(parts -> parts.length == 3)
        .forEach(
            parts -> {
              for (String controller : parts[1].split(",", -1)) {
                pathOf.put(controller, parts[2]);
              }
            });
    List<CgroupMount> found = new ArrayList<>();
    mounts.lines().forEach(line -> ofLine(line, pathOf).ifPresent(found::add));
    return List.copyOf(found);
  }

  private static Optional<CgroupMount> ofLine(String line, Map<String, String> pathOf) {
    String[] halves = line.split(" - ", 2);
    String[] mount = halves[0].split(" ", -1);
    String[] type = halves.length == 2 ? halves[1].split(" ", -1) : new String[0];
    if (mount.length < 5 || type.length < 3) {
      return Optional.empty();
    }
    if (type[0].equals("cgroup2")) {
      return Optional.ofNullable(pathOf.get(""))
          .map(path -> at(2, List.of(), mount[3], mount[4], path));
    }
    if (!type[0].equals("cgroup")) {
      return Optional.empty();
    }
    List<String> controllers =
        Arrays.stream(type[2].split(",", -1))
            .filter(option -> pathOf.containsKey(option) && !option.startsWith("name="))
            .toList();
    return controllers.isEmpty()
        ? Optional.empty()
        : Optional.of(at(1, controllers, mount[3], mount[4], pathOf.get(controllers.getFirst())));
  }

  /** In a container without a namespace of its own the mount shows only a part of the hierarchy. */
  private static CgroupMount at(
      int version, List<String> controllers, String shown, String mountPoint, String path) {
    String below = path;
    if (!shown.equals("/")) {
      below =
          path.equals(shown) || path.startsWith(shown + "/") ? path.substring(shown.length()) : "";
    }
    String point = mountPoint.replaceFirst("^/", "");
    boolean outside = below.contains("..");
    String directory = (point + (outside ? "" : below)).replaceFirst("/$", "");
    return new CgroupMount(version, controllers, point, directory);
  }

  /** The process's own directory, the one above, and so on up to the mount point. */
  List<String> directoriesUpwards() {
    List<String> directories = new ArrayList<>();
    String directory = this.directory;
    while (directory.length() > mountPoint.length()) {
      directories.add(directory);
      directory = directory.substring(0, directory.lastIndexOf('/'));
    }
    directories.add(mountPoint);
    return directories;
  }
}
