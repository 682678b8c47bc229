package dev.assay.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.benchmark.BenchmarkReport;
import dev.assay.benchmark.DeviceResult;
import dev.assay.benchmark.Figure;
import dev.assay.benchmark.Finding;
import dev.assay.benchmark.Outcome;
import dev.assay.json.StrictJson;

/**
 * Figures of benchmarks for programs:
 *
 * <pre>
 * {"version": "assay 0.1.0, Java 25", "startedUnixSeconds": 1795380000, "quick": false,
 *  "devices": [{"id": "cpu:0", "model": "…",
 *    "figures": [
 *      {"topic": "memory", "name": "memory-copy", "how": "…",
 *       "bytesPerSecond": {"median": 1.0e10, "lowest": 0.9e10, "highest": 1.1e10, "runs": […]},
 *       "expected": {"bytesPerSecond": 1.2e10, "source": "…"}, "shareOfExpected": 0.83},
 *      {"topic": "disk", "name": "disk-read-random", "how": "…", "notMeasured": "…"}],
 *    "findings": [{"name": "host-busy", "sentence": "…"}]}]}
 * </pre>
 *
 * <p>The member that holds a figure is named by its unit: {@code bytesPerSecond}, {@code
 * operationsPerSecond}, {@code hashesPerSecond}, {@code accessesPerSecond} or {@code seconds}.
 */
public final class BenchmarkJson {
  private BenchmarkJson() {}

  /** The whole report, ended by a line feed. */
  public static String of(BenchmarkReport report) {
    ObjectNode json =
        StrictJson.newObject()
            .put("version", report.version())
            .put("startedUnixSeconds", report.started().getEpochSecond())
            .put("quick", report.quick());
    ArrayNode devices = json.putArray("devices");
    for (DeviceResult device : report.devices()) {
      devices.add(device(device));
    }
    return json.toPrettyString() + "\n";
  }

  private static ObjectNode device(DeviceResult device) {
    ObjectNode json = StrictJson.newObject().put("id", device.id()).put("model", device.model());
    ArrayNode figures = json.putArray("figures");
    device.figures().forEach(figure -> figures.add(figure(figure)));
    ArrayNode findings = json.putArray("findings");
    for (Finding finding : device.findings()) {
      findings.addObject().put("name", finding.name()).put("sentence", finding.sentence());
    }
    return json;
  }

  private static ObjectNode figure(Figure figure) {
    String unit = figure.subject().unit().label();
    ObjectNode json =
        StrictJson.newObject()
            .put("topic", figure.subject().topic())
            .put("name", figure.subject().name())
            .put("how", figure.subject().how());
    switch (figure.outcome()) {
      case Outcome.NotMeasured not -> json.put("notMeasured", not.reason());
      case Outcome.Measured measured -> {
        ObjectNode value =
            json.putObject(unit)
                .put("median", measured.median())
                .put("lowest", measured.lowest())
                .put("highest", measured.highest());
        ArrayNode runs = value.putArray("runs");
        measured.runs().forEach(runs::add);
      }
    }
    figure
        .expected()
        .ifPresent(
            expected ->
                json.putObject("expected")
                    .put(unit, expected.value())
                    .put("source", expected.source()));
    figure.share().ifPresent(share -> json.put("shareOfExpected", share));
    return json;
  }
}
