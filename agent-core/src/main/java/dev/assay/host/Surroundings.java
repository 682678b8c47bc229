package dev.assay.host;

import static dev.assay.host.FactSheet.text;
import static dev.assay.host.FactSheet.texts;

import dev.assay.hardware.Component;
import dev.assay.hardware.Conflict;
import dev.assay.hardware.Reading;
import dev.assay.hardware.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The software around this process: system and kernel, control groups, container engines. */
final class Surroundings {
  private Surroundings() {}

  static Component operatingSystem(RawHost raw, List<Conflict> conflicts) {
    String release = raw.text("etc/os-release").or(() -> raw.text("usr/lib/os-release")).orElse("");
    return new FactSheet("os", Component.Kind.OS, conflicts)
        .put("name", text(assigned(release, "NAME"), Source.FILE))
        .put("version", text(assigned(release, "VERSION_ID"), Source.FILE))
        .put("kernel", text(raw.raw("proc/sys/kernel/osrelease"), Source.PROCFS))
        .component();
  }

  private static Optional<String> assigned(String file, String key) {
    Matcher matcher =
        Pattern.compile("(?m)^" + key + "=[\"']?([^\"'\\r\\n]*)[\"']?$").matcher(file);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Which version the host mounts, its controllers, and those whose group is ours to divide. */
  static Component controlGroups(RawHost raw, List<Conflict> conflicts) {
    List<CgroupMount> mounts = CgroupMount.ofThisProcess(raw);
    TreeSet<String> all = new TreeSet<>();
    TreeSet<String> writable = new TreeSet<>();
    TreeSet<Integer> versions = new TreeSet<>();
    for (CgroupMount mount : mounts) {
      List<String> controllers = controllers(raw, mount);
      all.addAll(controllers);
      if (raw.writable().contains(mount.directory())) {
        writable.addAll(controllers);
      }
      if (!controllers.isEmpty()) {
        versions.add(mount.version());
      }
    }
    List<String> names = versions.stream().map(version -> "v" + version).toList();
    return new FactSheet("cgroup", Component.Kind.CGROUP, conflicts)
        .put("versions", texts(names, Source.PROCFS))
        .put("controllers", texts(List.copyOf(all), Source.PROCFS))
        .put("writableControllers", texts(List.copyOf(writable), Source.SYSFS))
        .component();
  }

  private static List<String> controllers(RawHost raw, CgroupMount mount) {
    return mount.version() == 1
        ? mount.controllers()
        : raw.text(mount.directory() + "/cgroup.controllers")
            .map(text -> Arrays.stream(text.split("\\s+", -1)).toList())
            .orElse(List.of());
  }

  /** The engines of which there is a program or a socket. */
  static List<Component> engines(RawHost raw, List<Conflict> conflicts) {
    List<Component> engines = new ArrayList<>();
    for (String engine : ReadList.ENGINES) {
      Raw version = raw.raw("version/" + engine);
      boolean installed = !(version instanceof Raw.Absent);
      boolean socket =
          raw.present().stream()
              .anyMatch(path -> path.startsWith("run/") && path.endsWith(engine + ".sock"));
      if (installed || socket) {
        engines.add(
            new FactSheet("engine:" + engine, Component.Kind.ENGINE, conflicts)
                .put("installed", new Reading.Flag(installed, Source.FILE))
                .put("socket", new Reading.Flag(socket, Source.FILE))
                .put("version", text(version, Source.COMMAND))
                .component());
      }
    }
    return engines;
  }
}
