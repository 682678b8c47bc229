package dev.assay.cli.report;

import java.time.Duration;
import java.util.Locale;

/** Amounts with three or four digits and the unit that fits them. */
public final class Quantity {
  private static final String[] DECIMAL = {"", "k", "M", "G", "T", "P"};
  private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private Quantity() {}

  /** An amount of memory: {@code 23.5 GiB}. */
  public static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1023.5 && unit < BINARY.length - 1) {
      value /= 1024;
      unit++;
    }
    return digits(value, unit == 0) + " " + BINARY[unit];
  }

  /** An amount of memory per second, in decimal units as data sheets give it: {@code 1.42 GB/s}. */
  public static String bytesPerSecond(long rate) {
    return decimal(rate, "B/s");
  }

  /** Operations per second: {@code 66.1 GOP/s}. */
  public static String operationsPerSecond(long rate) {
    return decimal(rate, "OP/s");
  }

  /** Hashes per second: {@code 17.3 MH/s}. */
  public static String hashesPerSecond(long rate) {
    return decimal(rate, "H/s");
  }

  /** A decimal multiple of any unit. */
  public static String decimal(long amount, String unit) {
    double value = amount;
    int power = 0;
    while (value >= 999.5 && power < DECIMAL.length - 1) {
      value /= 1000;
      power++;
    }
    return digits(value, false) + " " + DECIMAL[power] + unit;
  }

  /** A length of time: {@code 12.3 ms}, {@code 2.04 s}, {@code 3 min 20 s}, {@code 2 d 4 h}. */
  public static String time(Duration time) {
    double millis = time.toNanos() / 1e6;
    if (millis < 999.5) {
      return digits(millis, false) + " ms";
    }
    if (time.toSeconds() < 100) {
      return digits(millis / 1000, false) + " s";
    }
    if (time.toHours() < 1) {
      return time.toMinutes() + " min " + time.toSecondsPart() + " s";
    }
    return time.toDays() < 1
        ? time.toHours() + " h " + time.toMinutesPart() + " min"
        : time.toDays() + " d " + time.toHoursPart() + " h";
  }

  /** A short time in the unit that fits it: {@code 4.31 µs}, {@code 120 ns}. */
  public static String seconds(double seconds) {
    if (seconds >= 1e-3) {
      return time(Duration.ofNanos(Math.round(seconds * 1e9)));
    }
    return seconds >= 999.5e-9
        ? digits(seconds * 1e6, false) + " µs"
        : digits(seconds * 1e9, false) + " ns";
  }

  private static String digits(double value, boolean whole) {
    if (whole || value >= 99.95 || value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    return String.format(Locale.ROOT, value >= 9.995 ? "%.1f" : "%.2f", value);
  }
}
