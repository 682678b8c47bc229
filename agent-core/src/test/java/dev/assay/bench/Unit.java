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

  String text(double figure) {
    return String.format(Locale.ROOT, format, figure / divisor);
  }
}
