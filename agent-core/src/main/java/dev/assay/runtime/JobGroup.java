package dev.assay.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The control group of one job: one directory in each tree that bounds it.
 *
 * @param directories that of the number of processes first
 * @param oomCount the file with the line {@code oom_kill N}
 */
record JobGroup(List<Path> directories, Path oomCount) {
  private static final int TRIES = 500;
  private static final long PAUSE_NANOS = 10_000_000;

  /** The directory by which the job's processes are found. */
  Path main() {
    return directories.get(0);
  }

  /**
   * Ends every process of the group and of groups that the job made in it, and removes the group.
   *
   * @return whether nothing is left; a process that hangs in the kernel cannot be ended
   */
  static boolean clear(List<Path> directories) {
    for (int i = 0; i < TRIES; i++) {
      if (directories.stream().noneMatch(Files::exists)) {
        return true;
      }
      directories.forEach(JobGroup::endAll);
      directories.forEach(JobGroup::remove);
      if (i > 0) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    return directories.stream().noneMatch(Files::exists);
  }

  private static void endAll(Path directory) {
    for (long pid : members(directory)) {
      try {
        // Where nothing new can be started, killing comes to an end.
        if (Files.exists(directory.resolve("pids.max"))) {
          Files.writeString(directory.resolve("pids.max"), "0");
        }
      } catch (IOException e) {
        // Killing without it may take more turns.
      }
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private static Set<Long> members(Path directory) {
    long me = ProcessHandle.current().pid();
    Set<Long> members = new LinkedHashSet<>();
    for (Path group : groups(directory)) {
      try {
        Files.readAllLines(group.resolve("cgroup.procs")).stream()
            .map(Long::valueOf)
            .filter(pid -> pid > 0 && pid != me)
            .forEach(members::add);
      } catch (IOException e) {
        // The group went away, and its processes with it.
      }
    }
    return members;
  }

  private static void remove(Path directory) {
    for (Path group : groups(directory)) {
      try {
        Files.deleteIfExists(group);
      } catch (IOException e) {
        // Busy as long as a process is ending in it; tried again.
      }
    }
  }

  /** The group and all groups in it, the innermost first. */
  private static List<Path> groups(Path directory) {
    try (Stream<Path> walk = Files.walk(directory)) {
      return walk.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
