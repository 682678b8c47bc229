package dev.assay.cli.report;

import dev.assay.benchmark.BenchmarkReport;
import dev.assay.benchmark.DeviceResult;
import dev.assay.benchmark.Figure;
import dev.assay.benchmark.Finding;
import dev.assay.benchmark.Outcome;
import dev.assay.benchmark.Unit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** Figures of benchmarks for a person. */
public final class BenchmarkTable {
  /** Below this share of what it should be, a figure stands out. */
  private static final double LOW = 0.7;

  private BenchmarkTable() {}

  /** A table for each device; below it what has no figure, and what a reader must know. */
  public static String of(BenchmarkReport report, Style style) {
    StringBuilder out = new StringBuilder();
    for (DeviceResult device : report.devices()) {
      out.append(out.isEmpty() ? "" : "\n")
          .append(style.strong(device.id()) + "  " + device.model() + "\n")
          .append(table(device, style))
          .append(without(device, style));
      for (Finding finding : device.findings()) {
        out.append(style.bad(finding.name()) + ": " + finding.sentence() + "\n");
      }
    }
    return out.toString();
  }

  private static String table(DeviceResult device, Style style) {
    Table table = new Table("measured", "median", "spread", "should be", "reached", "from");
    String topic = "";
    for (Figure figure : device.figures()) {
      if (!(figure.outcome() instanceof Outcome.Measured measured)) {
        continue;
      }
      if (!topic.isEmpty() && !topic.equals(figure.subject().topic())) {
        table.line();
      }
      topic = figure.subject().topic();
      Unit unit = figure.subject().unit();
      table.row(
          figure.subject().title(),
          amount(unit, measured.median()),
          percent(measured.spread()),
          figure.expected().map(e -> amount(unit, e.value())).orElse(""),
          share(figure.share(), style),
          figure.expected().map(e -> style.faint(e.source())).orElse(""));
    }
    return topic.isEmpty() ? "" : table.render(style);
  }

  /** One figure as a row of Markdown: what, median, spread, what it should be, and the share. */
  static String markdown(Figure figure) {
    Unit unit = figure.subject().unit();
    String expected = figure.expected().map(e -> amount(unit, e.value())).orElse("");
    return switch (figure.outcome()) {
      case Outcome.NotMeasured not ->
          "| %s | unmeasured: %s | | %s | |%n"
              .formatted(figure.subject().title(), not.reason(), expected);
      case Outcome.Measured measured ->
          "| %s | %s | %s | %s | %s |%n"
              .formatted(
                  figure.subject().title(),
                  amount(unit, measured.median()),
                  percent(measured.spread()),
                  expected,
                  share(figure.share(), Style.PLAIN));
    };
  }

  /** One line for each reason, with all that it holds for. */
  private static String without(DeviceResult device, Style style) {
    Map<String, String> byReason = new LinkedHashMap<>();
    for (Figure figure : device.figures()) {
      if (figure.outcome() instanceof Outcome.NotMeasured not) {
        byReason.merge(not.reason(), figure.subject().title(), (a, b) -> a + "; " + b);
      }
    }
    StringBuilder out = new StringBuilder();
    byReason.forEach(
        (reason, titles) ->
            out.append(style.faint("Not measured: ") + titles + " – " + reason + ".\n"));
    return out.toString();
  }

  private static String share(OptionalDouble share, Style style) {
    if (share.isEmpty()) {
      return "";
    }
    String text = percent(share.getAsDouble());
    return share.getAsDouble() < LOW ? style.bad(text) : style.good(text);
  }

  static String percent(double share) {
    return Math.round(100 * share) + " %";
  }

  /** An amount in the unit that fits it. */
  static String amount(Unit unit, double value) {
    return switch (unit) {
      case BYTES_PER_SECOND -> Quantity.bytesPerSecond(Math.round(value));
      case OPERATIONS_PER_SECOND -> Quantity.operationsPerSecond(Math.round(value));
      case HASHES_PER_SECOND -> Quantity.hashesPerSecond(Math.round(value));
      case ACCESSES_PER_SECOND -> Quantity.decimal(Math.round(value), "IO/s");
      case SECONDS -> Quantity.seconds(value);
    };
  }
}
