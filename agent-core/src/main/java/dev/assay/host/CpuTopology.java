package dev.assay.host;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sockets, cores and caches, from {@code /sys/devices/system/cpu}. */
final class CpuTopology {
  private static final String CPUS = "sys/devices/system/cpu";
  private static final Pattern CPU = Pattern.compile("cpu[0-9]+");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})([KMG]?)");

  /** A cache that some threads share; {@code type} is Data, Instruction or Unified. */
  private record Cache(int level, String type, String sharedBy, long bytes) {}

  private final RawHost raw;
  private final List<String> cpus;
  private final Set<Cache> caches;

  CpuTopology(RawHost raw) {
    this.raw = raw;
    this.cpus = raw.names(CPUS).stream().filter(name -> CPU.matcher(name).matches()).toList();
    this.caches = caches();
  }

  OptionalInt sockets() {
    return count(List.of("physical_package_id"));
  }

  OptionalInt cores() {
    return count(List.of("physical_package_id", "die_id", "core_id"));
  }

  /** How many different combinations of these values the threads have. */
  private OptionalInt count(List<String> files) {
    Set<List<String>> different = new HashSet<>();
    for (String cpu : cpus) {
      List<String> values = new ArrayList<>();
      for (String file : files) {
        raw.text(CPUS + "/" + cpu + "/topology/" + file).ifPresent(values::add);
      }
      if (!values.isEmpty()) {
        different.add(values);
      }
    }
    return different.isEmpty() ? OptionalInt.empty() : OptionalInt.of(different.size());
  }

  /** The number of threads in a list such as {@code 0-3,8}. */
  OptionalInt online() {
    return raw.text(CPUS + "/online").map(CpuTopology::sizeOfList).orElse(OptionalInt.empty());
  }

  static OptionalInt sizeOfList(String list) {
    int size = 0;
    for (String range : list.split(",", -1)) {
      if (!range.matches("[0-9]{1,6}(-[0-9]{1,6})?")) {
        return OptionalInt.empty();
      }
      String[] ends = range.split("-", -1);
      size += Integer.parseInt(ends[ends.length - 1]) - Integer.parseInt(ends[0]) + 1;
    }
    return OptionalInt.of(size);
  }

  OptionalLong maxHertz() {
    return cpus.stream()
        .map(cpu -> raw.number(CPUS + "/" + cpu + "/cpufreq/cpuinfo_max_freq"))
        .flatMapToLong(OptionalLong::stream)
        .map(kilohertz -> kilohertz * 1000)
        .max();
  }

  /** All caches of a level and type together. */
  OptionalLong cacheBytes(int level, String... types) {
    long bytes =
        caches.stream()
            .filter(cache -> cache.level == level && List.of(types).contains(cache.type))
            .mapToLong(Cache::bytes)
            .sum();
    return bytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty();
  }

  /** All caches of the highest level together: an image no larger would never reach the memory. */
  OptionalLong lastLevelCacheBytes() {
    Map<Integer, Long> byLevel = new HashMap<>();
    caches.stream()
        .filter(cache -> !cache.type.equals("Instruction"))
        .forEach(cache -> byLevel.merge(cache.level, cache.bytes, Long::sum));
    return byLevel.entrySet().stream()
        .max(Map.Entry.comparingByKey())
        .map(entry -> OptionalLong.of(entry.getValue()))
        .orElse(OptionalLong.empty());
  }

  private Set<Cache> caches() {
    Set<Cache> found = new HashSet<>();
    for (String cpu : cpus) {
      for (String index : raw.names(CPUS + "/" + cpu + "/cache")) {
        String directory = CPUS + "/" + cpu + "/cache/" + index + "/";
        OptionalLong level = raw.number(directory + "level");
        Optional<Long> bytes = raw.text(directory + "size").flatMap(CpuTopology::bytes);
        if (level.isPresent() && bytes.isPresent()) {
          found.add(
              new Cache(
                  (int) level.getAsLong(),
                  raw.text(directory + "type").orElse("Unified"),
                  raw.text(directory + "shared_cpu_list").orElse(cpu),
                  bytes.get()));
        }
      }
    }
    return found;
  }

  private static Optional<Long> bytes(String size) {
    Matcher matcher = SIZE.matcher(size);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int shift =
        switch (matcher.group(2)) {
          case "K" -> 10;
          case "M" -> 20;
          case "G" -> 30;
          default -> 0;
        };
    return Optional.of(Long.parseLong(matcher.group(1)) << shift);
  }
}
