package dev.assay.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.doctor.Diagnosis;
import dev.assay.doctor.Line;
import dev.assay.doctor.Severity;
import dev.assay.json.StrictJson;
import java.util.List;

/** A diagnosis for a person, or for programs. */
public final class DoctorReport {
  private DoctorReport() {}

  /** A line for each check, and below it the command that mends it. */
  public static String text(List<Line> lines, Style style) {
    int width = lines.stream().mapToInt(line -> line.check().length()).max().orElse(0);
    StringBuilder out = new StringBuilder();
    for (Line line : lines) {
      String check = line.check() + " ".repeat(width - line.check().length());
      out.append(mark(line.severity(), style) + "  " + check + "  " + line.sentence() + "\n");
      line.mend()
          .filter(mend -> line.severity() != Severity.OK)
          .ifPresent(mend -> out.append(" ".repeat(width + 11) + style.strong(mend) + "\n"));
    }
    return out.append(summary(lines, style)).toString();
  }

  private static String mark(Severity severity, Style style) {
    return switch (severity) {
      case OK -> style.good("ok     ");
      case INFORMATION -> style.faint("–      ");
      case WARNING -> style.strong("warning");
      case FAILURE -> style.bad("FAILURE");
    };
  }

  private static String summary(List<Line> lines, Style style) {
    long failures = count(lines, Severity.FAILURE);
    long warnings = count(lines, Severity.WARNING);
    if (failures + warnings == 0) {
      return style.good("Nothing needs mending.") + "\n";
    }
    return "%s, %s.%n"
        .formatted(
            failures == 1 ? "1 failure" : failures + " failures",
            warnings == 1 ? "1 warning" : warnings + " warnings");
  }

  /**
   * {@code {"holds": true, "failures": 0, "warnings": 1, "checks": [{"check": "clock", "severity":
   * "warning", "sentence": "…", "mend": "…"}]}}; a severity is {@code ok}, {@code information},
   * {@code warning} or {@code failure}, and {@code mend} is left out where there is nothing to do.
   */
  public static String json(List<Line> lines) {
    ObjectNode json =
        StrictJson.newObject()
            .put("holds", Diagnosis.holds(lines))
            .put("failures", count(lines, Severity.FAILURE))
            .put("warnings", count(lines, Severity.WARNING));
    ArrayNode checks = json.putArray("checks");
    for (Line line : lines) {
      ObjectNode check =
          checks
              .addObject()
              .put("check", line.check())
              .put("severity", line.severity().label())
              .put("sentence", line.sentence());
      line.mend().ifPresent(mend -> check.put("mend", mend));
    }
    return json.toPrettyString() + "\n";
  }

  private static long count(List<Line> lines, Severity severity) {
    return lines.stream().filter(line -> line.severity() == severity).count();
  }
}
