package dev.assay.bench;

import java.util.Locale;

/** How a figure is written. */
enum Unit {
  SECONDS("%.2f s", 1),
  MICROSECONDS("%,.1f µs", 1),
  GIGA_OPERATIONS("%.1f GOP/s", 1),
  PER_SECOND("%,.0f /s", 1),
  MILLIONS_PER_SECOND("%.2f M/s", 1e6);

  private final String format;
  private final double divisor;

  Unit(String format, double divisor) {
    this.format = format;
    this.divisor = divisor;
  }

  /** The better of two figures in this unit. */
  double better(double one, double other) {
    return switch (this) {
      case SECONDS, MICROSECONDS -> Math.min(one, other);
      case GIGA_OPERATIONS, PER_SECOND, MILLIONS_PER_SECOND -> Math.max(one, other);
    };
  }

  String text(double figure) {
    return String.format(Locale.ROOT, format, figure / divisor);
  }
}
