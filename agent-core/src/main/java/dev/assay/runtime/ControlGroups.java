package dev.assay.runtime;

import dev.assay.job.Resources;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The kernel's control groups, version 1 or 2, whichever has the controllers that bound a job. A
 * job's group is {@code assay/<home>/<job>} below the agent's own group, so that what bounds the
 * agent bounds its jobs too.
 */
final class ControlGroups {
  /** The agent's own place in version 2, where a group with groups in it holds no processes. */
  private static final String LEAF = "assay-agent";

  private static final String NAME = "assay";
  private static final List<String> CONTROLLERS = List.of("pids", "memory", "cpu");
  private static final long CPU_PERIOD_MICROS = 100_000;

  private record Place(String controller, boolean unified, Path directory) {
    Place below(String name) {
      return new Place(controller, unified, directory.resolve(name));
    }
  }

  private final List<Place> places;
  private final String home;

  private ControlGroups(List<Place> places, String home) {
    this.places = places;
    this.home = home;
  }

  /**
   * Finds the controllers and makes the group that holds all jobs of one agent.
   *
   * @param root the file system's root, another in tests
   * @param home names the agent's home among all of the host
   * @throws IOException with a sentence for the owner if jobs cannot be bounded on this host
   */
  static ControlGroups open(Path root, String home) throws IOException {
    Hierarchies found =
        Hierarchies.parse(
            Files.readString(root.resolve("proc/self/cgroup")),
            Files.readString(root.resolve("proc/self/mountinfo")));
    List<Place> places = new ArrayList<>();
    for (String controller : CONTROLLERS) {
      places.add(place(root, found, controller));
    }
    ControlGroups groups = new ControlGroups(List.copyOf(places), home);
    groups.prepare();
    return groups;
  }

  /** Makes an empty group that is bounded by {@code limits}. */
  JobGroup create(String job, Resources limits) throws IOException {
    prepare();
    Set<Path> directories = new LinkedHashSet<>();
    try {
      Path oomCount = limit(job, limits, directories);
      return new JobGroup(List.copyOf(directories), oomCount);
    } catch (IOException e) {
      JobGroup.clear(List.copyOf(directories));
      throw e;
    }
  }

  /** Makes {@code directories} and returns the file of {@link JobGroup#oomCount}. */
  private Path limit(String job, Resources limits, Set<Path> directories) throws IOException {
    Path oomCount = null;
    for (Place agents : places) {
      Place place = agents.below(NAME).below(home).below(job);
      makeDirectory(place.directory);
      directories.add(place.directory);
      switch (place.controller) {
        case "pids" -> write(place.directory, "pids.max", Long.toString(limits.processes()));
        case "cpu" -> limitCpu(place, limits.milliCpus() * CPU_PERIOD_MICROS / 1000);
        default -> oomCount = limitMemory(place, limits.memoryBytes());
      }
    }
    return oomCount;
  }

  /** Removes the group that holds all jobs, unless there still are some. */
  void close() {
    for (Place place : places) {
      try {
        Files.deleteIfExists(place.below(NAME).below(home).directory);
      } catch (IOException e) {
        // Jobs run on in it; the next agent of this home uses it again.
      }
    }
  }

  /** Makes the group of all jobs where it is not there; another agent of this home removes it. */
  private void prepare() throws IOException {
    List<String> unified = places.stream().filter(Place::unified).map(Place::controller).toList();
    for (Place place : places) {
      if (place.unified) {
        divide(place.directory, unified);
      }
      Path all = place.directory.resolve(NAME);
      Path own = all.resolve(home);
      makeDirectory(all);
      makeDirectory(own);
      if (place.unified) {
        enable(all, unified);
        enable(own, unified);
      }
    }
  }

  private static void limitCpu(Place place, long quota) throws IOException {
    if (place.unified) {
      write(place.directory, "cpu.max", quota + " " + CPU_PERIOD_MICROS);
    } else {
      write(place.directory, "cpu.cfs_period_us", Long.toString(CPU_PERIOD_MICROS));
      write(place.directory, "cpu.cfs_quota_us", Long.toString(quota));
    }
  }

  /** Returns the file in which the kernel counts the processes that it killed for memory. */
  private static Path limitMemory(Place place, long bytes) throws IOException {
    String limit = Long.toString(bytes);
    Path directory = place.directory;
    if (place.unified) {
      write(directory, "memory.max", limit);
      writeIfThere(directory, "memory.swap.max", "0");
      return directory.resolve("memory.events");
    }
    write(directory, "memory.limit_in_bytes", limit);
    writeIfThere(directory, "memory.memsw.limit_in_bytes", limit);
    return directory.resolve("memory.oom_control");
  }

  private static Place place(Path root, Hierarchies found, String controller) throws IOException {
    Path separate = found.byController().get(controller);
    if (separate != null) {
      return new Place(controller, false, below(root, separate));
    }
    if (found.unified().isPresent()) {
      Path unified = below(root, found.unified().get());
      if (unified.endsWith(LEAF)) {
        unified = unified.getParent();
      }
      if (words(unified.resolve("cgroup.controllers")).contains(controller)) {
        return new Place(controller, true, unified);
      }
    }
    throw new IOException(
        "this host has no control group controller '%s' for the agent; run it as root, or as a service with Delegate=yes"
            .formatted(controller));
  }

  private static Path below(Path root, Path absolute) {
    return root.resolve(absolute.toString().substring(1));
  }

  /** Hands the controllers of a version 2 group down, moving this process out of the way. */
  private static void divide(Path directory, List<String> controllers) throws IOException {
    try {
      enable(directory, controllers);
      return;
    } catch (IOException e) {
      Path leaf = directory.resolve(LEAF);
      makeDirectory(leaf);
      write(leaf, "cgroup.procs", Long.toString(ProcessHandle.current().pid()));
    }
    enable(directory, controllers);
  }

  private static void enable(Path directory, List<String> controllers) throws IOException {
    if (!words(directory.resolve("cgroup.subtree_control")).containsAll(controllers)) {
      write(directory, "cgroup.subtree_control", "+" + String.join(" +", controllers));
    }
  }

  private static Set<String> words(Path file) throws IOException {
    return Set.copyOf(Arrays.asList(Files.readString(file).strip().split("\\s+", -1)));
  }

  private static void makeDirectory(Path directory) throws IOException {
    try {
      Files.createDirectory(directory);
    } catch (FileAlreadyExistsException e) {
      // Made for another controller of the same tree, or by an earlier agent.
    } catch (IOException e) {
      throw new IOException(
          "the control group %s cannot be made (%s); run the agent as root, or as a service with Delegate=yes"
              .formatted(directory, e.getMessage()),
          e);
    }
  }

  private static void writeIfThere(Path directory, String file, String value) throws IOException {
    if (Files.exists(directory.resolve(file))) {
      write(directory, file, value);
    }
  }

  private static void write(Path directory, String file, String value) throws IOException {
    try {
      Files.writeString(directory.resolve(file), value);
    } catch (IOException e) {
      throw new IOException(
          "'%s' cannot be written to %s (%s); run the agent as a service of its own with Delegate=yes"
              .formatted(value, directory.resolve(file), e.getMessage()),
          e);
    }
  }
}
