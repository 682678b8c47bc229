package dev.assay.cli.report;

import dev.assay.benchmark.BenchmarkReport;
import dev.assay.benchmark.DeviceResult;
import dev.assay.benchmark.Expected;
import dev.assay.benchmark.Figure;
import dev.assay.benchmark.Finding;
import dev.assay.benchmark.Outcome;
import dev.assay.benchmark.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Figures of benchmarks as one page of HTML that needs no other file: a chart for each topic and
 * unit, light or dark as the reader's system is.
 */
public final class BenchmarkPage {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ground: #fcfcfa; --card: #ffffff; --text: #1d2327; --faint: #68737c;
        --line: #dfe3e6; --bar: #3f7cac; --low: #c8553d; --mark: #1d2327; --range: #16344d; }
      @media (prefers-color-scheme: dark) { :root { --ground: #14181b; --card: #1c2226; --text: #e4e8ea;
        --faint: #97a3ab; --line: #333c42; --bar: #5b9bd0; --low: #e0765c; --mark: #f2f4f5; --range: #d3e6f5; } }
      body { background: var(--ground); color: var(--text); margin: 0 auto; padding: 2rem 1rem 3rem; max-width: 60rem;
        font: 16px/1.5 system-ui, sans-serif; }
      h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.2rem; margin: 2.2rem 0 .4rem; }
      h3 { font-size: .95rem; margin: 0 0 .3rem; color: var(--faint); font-weight: 600; }
      p { margin: .3rem 0; } .faint { color: var(--faint); }
      section { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .9rem 1.1rem; margin: .8rem 0; }
      .finding { border-left: 4px solid var(--low); } ul { margin: 0; padding-left: 1.2rem; }
      svg { display: block; width: 100%; height: auto; } svg text { fill: var(--text); font: 14px system-ui, sans-serif; }
      svg .small { fill: var(--faint); font-size: 12px; } svg .axis { stroke: var(--line); } svg .bar { fill: var(--bar); }
      svg .low { fill: var(--low); } svg .range { stroke: var(--range); stroke-width: 2; } svg .mark { stroke: var(--mark); stroke-width: 2; }
      """;

  /** By how much expected figures of one chart may differ. */
  private static final double ONE_SCALE = 10;

  private BenchmarkPage() {}

  /** The whole page. */
  public static String of(BenchmarkReport report) {
    StringBuilder out = new StringBuilder();
    out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>Assay: how fast this host is</title>\n<style>\n" + STYLE + "</style>\n")
        .append("</head>\n<body>\n<h1>How fast this host is</h1>\n")
        .append("<p class=\"faint\">" + Moment.text(report.started().getEpochSecond()))
        .append(", " + escaped(report.version()) + (report.quick() ? ", a quick look" : ""))
        .append(". A bar is the median of repeated runs, the line across its end their range,")
        .append(" the upright mark what the model should reach.</p>\n");
    for (DeviceResult device : report.devices()) {
      out.append(device(device));
    }
    return out.append("</body>\n</html>\n").toString();
  }

  private static String device(DeviceResult device) {
    StringBuilder out = new StringBuilder();
    out.append("<h2>" + escaped(device.id()) + " · " + escaped(device.model()) + "</h2>\n");
    for (Finding finding : device.findings()) {
      out.append("<section class=\"finding\"><strong>" + escaped(finding.name()) + "</strong>: ")
          .append(escaped(finding.sentence()) + "</section>\n");
    }
    Map<String, List<Figure>> charts = new LinkedHashMap<>();
    List<String> without = new ArrayList<>();
    for (Figure figure : device.figures()) {
      switch (figure.outcome()) {
        case Outcome.Measured measured ->
            charts
                .computeIfAbsent(
                    figure.subject().topic() + " " + figure.subject().unit(),
                    key -> new ArrayList<>())
                .add(figure);
        case Outcome.NotMeasured not ->
            without.add(
                "<li>" + escaped(figure.subject().title() + " – " + not.reason()) + "</li>\n");
      }
    }
    charts.values().forEach(figures -> out.append(charts(figures)));
    if (!without.isEmpty()) {
      out.append("<section><h3>not measured</h3>\n<ul>\n" + String.join("", without))
          .append("</ul></section>\n");
    }
    return out.toString();
  }

  /** Where one scale would make the small ones vanish, each is shown as a share of its own. */
  private static String charts(List<Figure> figures) {
    List<Figure> known = figures.stream().filter(f -> f.expected().isPresent()).toList();
    double largest = expected(known).max().orElse(0);
    if (largest <= ONE_SCALE * expected(known).min().orElse(0) || known.isEmpty()) {
      return chart(figures, false);
    }
    List<Figure> others = figures.stream().filter(f -> f.expected().isEmpty()).toList();
    return chart(known, true) + (others.isEmpty() ? "" : chart(others, false));
  }

  private static DoubleStream expected(List<Figure> figures) {
    return figures.stream().flatMap(f -> f.expected().stream()).mapToDouble(Expected::value);
  }

  private static String chart(List<Figure> figures, boolean shares) {
    Subject first = figures.getFirst().subject();
    String unit = first.unit().name().replace('_', ' ').toLowerCase(Locale.ROOT);
    return "<section><h3>"
        + escaped(first.topic() + " · " + (shares ? "share of what it should be" : unit))
        + "</h3>\n"
        + new BarChart(figures, shares).svg()
        + "</section>\n";
  }

  /** Text as it may stand in HTML, also within quotation marks. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** A number as attributes of SVG take it. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
