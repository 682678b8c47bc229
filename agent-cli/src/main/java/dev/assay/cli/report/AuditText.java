package dev.assay.cli.report;

import dev.assay.audit.AuditReport;
import dev.assay.audit.DeviceVerdict;
import dev.assay.audit.Finding;
import dev.assay.token.ProvenFigures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** An audit's report for a person: the verdict first, then why. */
public final class AuditText {
  private static final int SHOWN = 20;
  private static final int SHORT_ID = 12;

  private AuditText() {}

  /** The report of one log. */
  public static String of(AuditReport report, Style style) {
    StringBuilder out = new StringBuilder();
    out.append(report.holds() ? style.good("The log holds") : style.bad("The log does not hold"))
        .append(": ")
        .append(report.log())
        .append(report.holds() ? "" : "\n  " + report.reason())
        .append('\n');
    if (!report.origin().isEmpty()) {
      out.append("  ")
          .append(report.origin())
          .append(", ")
          .append(report.size())
          .append(" entries, ")
          .append(report.openings())
          .append(" openings recomputed, ")
          .append(report.jobs().ended())
          .append(" of ")
          .append(report.jobs().started())
          .append(" jobs ended\n");
      out.append("  ")
          .append(
              report.cosigners().isEmpty()
                  ? "No cosignature was checked"
                  : "Cosigned up to entry "
                      + report.witnessedSize()
                      + " by "
                      + String.join(", ", report.cosigners()))
          .append('\n');
    }
    if (!report.devices().isEmpty()) {
      out.append(devices(report, style));
    }
    findings(out, report, style);
    return out.toString();
  }

  private static String devices(AuditReport report, Style style) {
    Table table =
        new Table(
            "node",
            "device",
            "verdict",
            "passed",
            "failed",
            "refused",
            "unfinished",
            "credited, or why not");
    for (DeviceVerdict device : report.devices()) {
      String verdict = device.status().label();
      table.row(
          device.node().substring(0, Math.min(SHORT_ID, device.node().length())),
          device.device(),
          switch (device.status()) {
            case PASS -> style.good(verdict);
            case FAIL -> style.bad(verdict);
            case UNPROVEN -> style.faint(verdict);
          },
          device.passed(),
          device.failed(),
          device.refused(),
          device.unfinished(),
          device.status() == DeviceVerdict.Status.PASS
              ? figures(device.proven())
              : device.reason());
    }
    return table.render(style);
  }

  /** What is credited, in units that fit. */
  public static String figures(ProvenFigures proven) {
    List<String> parts = new ArrayList<>();
    proven.bytes().ifPresent(bytes -> parts.add(Quantity.bytes(bytes)));
    proven.bytesPerSecond().ifPresent(rate -> parts.add(Quantity.bytesPerSecond(rate)));
    proven.opsPerSecond().ifPresent(rate -> parts.add(Quantity.operationsPerSecond(rate)));
    proven.hashesPerSecond().ifPresent(rate -> parts.add(Quantity.hashesPerSecond(rate)));
    return String.join(", ", parts);
  }

  private static void findings(StringBuilder out, AuditReport report, Style style) {
    report.findings().stream()
        .sorted(Comparator.comparing(Finding::weight))
        .limit(SHOWN)
        .forEach(
            finding ->
                out.append("  ")
                    .append(
                        finding.weight() == Finding.Weight.BROKEN
                            ? style.bad("broken")
                            : style.faint("note"))
                    .append("  ")
                    .append(finding)
                    .append('\n'));
    int kept = report.findings().size();
    if (kept > SHOWN || report.broken() > kept) {
      out.append("  … and more: --json lists the first of each kind, ")
          .append(report.broken())
          .append(" break the log\n");
    }
  }
}
