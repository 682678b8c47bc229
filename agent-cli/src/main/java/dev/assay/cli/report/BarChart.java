package dev.assay.cli.report;

import static dev.assay.cli.report.BenchmarkPage.escaped;
import static dev.assay.cli.report.BenchmarkPage.number;

import dev.assay.benchmark.Expected;
import dev.assay.benchmark.Figure;
import dev.assay.benchmark.Outcome;
import dev.assay.benchmark.Subject;
import java.util.List;

/**
 * Measured figures of one unit as bars on one scale that starts at zero.
 *
 * @param shares whether each bar is a share of what its figure should be, which all then have
 */
record BarChart(List<Figure> figures, boolean shares) {
  private static final int WIDTH = 820;
  private static final int LEFT = 220;
  private static final int RIGHT = 620;
  private static final int ROW = 40;
  private static final int BAR = 16;
  private static final double LOW = 0.7;

  /** The chart as one element. */
  String svg() {
    StringBuilder out = new StringBuilder();
    int height = figures.size() * ROW;
    out.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
            .formatted(WIDTH, height, escaped(figures.getFirst().subject().topic())));
    out.append(line("axis", LEFT, 0, LEFT, height));
    for (int i = 0; i < figures.size(); i++) {
      out.append(row(figures.get(i), i * ROW));
    }
    return out.append("</svg>\n").toString();
  }

  private String row(Figure figure, int top) {
    Outcome.Measured measured = (Outcome.Measured) figure.outcome();
    Subject subject = figure.subject();
    double middle = top + 4 + BAR / 2.0;
    boolean low = figure.share().isPresent() && figure.share().getAsDouble() < LOW;
    StringBuilder out = new StringBuilder("<g><title>" + escaped(subject.how()) + "</title>\n");
    out.append(text("", 0, middle + 5, subject.title()));
    out.append(
        "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%s\" height=\"%d\" rx=\"2\"/>\n"
            .formatted(
                low ? "low" : "bar",
                LEFT,
                top + 4,
                number(at(figure, measured.median()) - LEFT),
                BAR));
    double lowest = at(figure, measured.lowest());
    double highest = at(figure, measured.highest());
    out.append(line("range", lowest, middle, highest, middle));
    out.append(line("range", lowest, middle - 4, lowest, middle + 4));
    out.append(line("range", highest, middle - 4, highest, middle + 4));
    String value = BenchmarkTable.amount(subject.unit(), measured.median());
    out.append(text("", RIGHT + 16, middle + 5, value));
    figure
        .expected()
        .ifPresent(
            expected -> {
              double x = at(figure, expected.value());
              out.append(line("mark", x, top, x, top + BAR + 8));
              out.append(
                  text(
                      "small",
                      RIGHT + 16,
                      top + ROW - 6,
                      "%s of %s"
                          .formatted(
                              BenchmarkTable.percent(figure.share().orElse(0)),
                              BenchmarkTable.amount(subject.unit(), expected.value()))));
            });
    return out.append("</g>\n").toString();
  }

  private double at(Figure figure, double value) {
    return LEFT + (RIGHT - LEFT) * scaled(figure, value) / scale();
  }

  private double scaled(Figure figure, double value) {
    return shares ? value / figure.expected().orElseThrow().value() : value;
  }

  private double scale() {
    double most = Double.MIN_NORMAL;
    for (Figure figure : figures) {
      double highest = ((Outcome.Measured) figure.outcome()).highest();
      double expected = figure.expected().map(Expected::value).orElse(0.0);
      most = Math.max(most, scaled(figure, Math.max(highest, expected)));
    }
    return most;
  }

  private static String line(String kind, double x1, double y1, double x2, double y2) {
    return "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n"
        .formatted(kind, number(x1), number(y1), number(x2), number(y2));
  }

  private static String text(String kind, double x, double y, String content) {
    return "<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>\n"
        .formatted(kind, number(x), number(y), escaped(content));
  }
}
