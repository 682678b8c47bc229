package dev.assay.cli.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them: {@code 30s}, {@code 5m}, {@code 12h}. */
public final class Span {
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,12}) ?(ms|s|m|h|d)");
  private static final Map<String, Duration> UNITS = new LinkedHashMap<>();

  static {
    UNITS.put("d", Duration.ofDays(1));
    UNITS.put("h", Duration.ofHours(1));
    UNITS.put("m", Duration.ofMinutes(1));
    UNITS.put("s", Duration.ofSeconds(1));
    UNITS.put("ms", Duration.ofMillis(1));
  }

  private Span() {}

  /** The time that TOML's text stands for; empty if it is none. */
  public static Optional<Duration> read(Object toml) {
    Matcher matcher = TEXT.matcher(toml instanceof String text ? text : "");
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          UNITS.get(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1))));
    } catch (ArithmeticException tooLong) {
      return Optional.empty();
    }
  }

  /** In the largest unit of which it is a whole multiple. */
  static String write(Duration time) {
    for (Map.Entry<String, Duration> unit : UNITS.entrySet()) {
      if (time.toMillis() % unit.getValue().toMillis() == 0) {
        return time.toMillis() / unit.getValue().toMillis() + unit.getKey();
      }
    }
    throw new IllegalArgumentException(time + " is not a whole number of milliseconds.");
  }
}
