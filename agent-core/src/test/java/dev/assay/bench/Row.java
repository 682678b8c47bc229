package dev.assay.bench;

import java.util.Locale;
import java.util.Optional;

/** One line of the table: what is measured, and what it is held against. */
record Row(
    String what,
    Unit unit,
    Yardstick.Measurement own,
    Optional<Yardstick> yardstick,
    Target target) {

  static final String HEADER =
      line("measured", "figure", "yardstick", "its figure", "ratio", "target", "met");
  static final String RULE = "|---|--:|---|--:|--:|--:|---|";

  /** Measures, the yardstick before and after, and writes the line. */
  String measure() throws Exception {
    double before = yardstick.isPresent() ? yardstick.get().measurement().measure() : 0;
    double figure = own.measure();
    double after = yardstick.isPresent() ? yardstick.get().measurement().measure() : 0;
    double base = (before + after) / 2;
    double ratio = figure / base;
    return line(
        what,
        unit.text(figure),
        yardstick.map(Yardstick::name).orElse(""),
        yardstick.isPresent() ? unit.text(base) : "",
        yardstick.isPresent() ? String.format(Locale.ROOT, "%.2f ×", ratio) : "",
        target.text(unit),
        target instanceof Target.None ? "" : target.met(figure, ratio) ? "yes" : "no");
  }

  private static String line(String... cells) {
    return String.format(
        Locale.ROOT, "| %-48s | %12s | %-30s | %12s | %7s | %9s | %-3s |", (Object[]) cells);
  }
}
