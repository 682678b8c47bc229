package dev.assay.host;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A copy of what was read of a host, by path below its root ({@code proc/meminfo}).
 *
 * @param reads contents of files, last names of links, outputs of programs
 * @param present paths that exist, of those that only their existence was asked
 * @param writable directories that this process may write to, of those asked
 */
public record RawHost(SortedMap<String, Raw> reads, Set<String> present, Set<String> writable) {
  /** Stands before the path whose owner's number and permissions, in octal, a read gave. */
  public static final String OWNER = "owner of ";

  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");
  private static final Comparator<String> NATURAL =
      Comparator.comparing(RawHost::withoutDigits)
          .thenComparingLong(RawHost::trailingNumber)
          .thenComparing(Comparator.naturalOrder());

  public RawHost {
    reads = Collections.unmodifiableSortedMap(new TreeMap<>(reads));
    present = Set.copyOf(present);
    writable = Set.copyOf(writable);
  }

  /** Both copies in one; what is in both is taken from the other. */
  public RawHost with(RawHost other) {
    SortedMap<String, Raw> all = new TreeMap<>(reads);
    all.putAll(other.reads);
    Set<String> there = new TreeSet<>(present);
    there.addAll(other.present);
    Set<String> open = new TreeSet<>(writable);
    open.addAll(other.writable);
    return new RawHost(all, there, open);
  }

  /** What the read of that path gave. */
  public Raw raw(String path) {
    return reads.getOrDefault(path, new Raw.Absent());
  }

  /** What the path holds, if anything. */
  public Optional<String> text(String path) {
    return raw(path).found();
  }

  /** The number that is the path's whole content. */
  public OptionalLong number(String path) {
    return text(path)
        .filter(text -> DIGITS.matcher(text).matches())
        .map(text -> OptionalLong.of(Long.parseLong(text)))
        .orElse(OptionalLong.empty());
  }

  /** The names below a directory of which anything was read, {@code cpu2} before {@code cpu10}. */
  public List<String> names(String directory) {
    String prefix = directory + "/";
    NavigableSet<String> names = new TreeSet<>(NATURAL);
    for (String path : reads.tailMap(prefix).keySet()) {
      if (!path.startsWith(prefix)) {
        break;
      }
      names.add(path.substring(prefix.length()).split("/", 2)[0]);
    }
    return List.copyOf(names);
  }

  private static String withoutDigits(String name) {
    return name.replaceAll("[0-9]+$", "");
  }

  private static long trailingNumber(String name) {
    String digits = name.substring(withoutDigits(name).length());
    return DIGITS.matcher(digits).matches() ? Long.parseLong(digits) : -1;
  }
}
