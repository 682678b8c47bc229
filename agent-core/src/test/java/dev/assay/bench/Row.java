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
    return yardstick.isPresent() ? against(yardstick.get()) : alone();
  }

  private String against(Yardstick stick) throws Exception {
    double before = stick.best(unit);
    double figure = own.measure();
    double base = unit.better(before, stick.best(unit));
    double ratio = figure / base;
    String times = String.format(Locale.ROOT, "%.2f ×", ratio);
    return line(
        what,
        unit.text(figure),
        stick.name(),
        unit.text(base),
        times,
        target.text(unit),
        verdict(figure, ratio));
  }

  private String alone() throws Exception {
    double figure = own.measure();
    return line(what, unit.text(figure), "", "", "", target.text(unit), verdict(figure, 0));
  }

  private String verdict(double figure, double ratio) {
    if (target instanceof Target.None) {
      return "";
    }
    return target.met(figure, ratio) ? "yes" : "no";
  }

  /** The line where measuring failed. */
  String failed(Exception why) {
    return line(what, "failed", why.toString().replace('|', '/'), "", "", "", "no");
  }

  private static String line(String... cells) {
    return String.format(
        Locale.ROOT, "| %-48s | %12s | %-30s | %12s | %7s | %9s | %-3s |", (Object[]) cells);
  }
}
