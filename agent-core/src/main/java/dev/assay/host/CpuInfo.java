package dev.assay.host;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code /proc/cpuinfo}: blocks of {@code key : value}, one block a thread. */
record CpuInfo(String text) {
  /** The first value of a key. */
  Optional<String> first(String key) {
    return text.lines()
        .filter(line -> line.startsWith(key))
        .map(line -> line.split(":", 2))
        .filter(parts -> parts.length == 2 && parts[0].strip().equals(key))
        .map(parts -> parts[1].strip())
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  /** How many threads are listed. */
  int threads() {
    return (int) text.lines().filter(line -> line.matches("processor\\s*:\\s*[0-9]+")).count();
  }

  /** The processor's features, as x86 and ARM list them. */
  List<String> features() {
    return first("flags")
        .or(() -> first("Features"))
        .map(flags -> Arrays.stream(flags.split("\\s+", -1)).sorted().distinct().toList())
        .orElse(List.of());
  }
}
