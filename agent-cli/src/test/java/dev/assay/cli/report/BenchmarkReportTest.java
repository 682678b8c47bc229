package dev.assay.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.benchmark.BenchmarkReport;
import dev.assay.benchmark.DeviceResult;
import dev.assay.benchmark.Expected;
import dev.assay.benchmark.Figure;
import dev.assay.benchmark.Finding;
import dev.assay.benchmark.Outcome;
import dev.assay.benchmark.Subject;
import dev.assay.benchmark.Unit;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class BenchmarkReportTest {
  private static final BenchmarkReport REPORT =
      new BenchmarkReport(
          "1.0",
          Instant.ofEpochSecond(1795380000),
          false,
          List.of(
              new DeviceResult(
                  "cuda:0",
                  "A <model> & more",
                  List.of(
                      figure("device memory", "copy", Unit.BYTES_PER_SECOND, 2.9e12, 3.0e12, 3.1e12)
                          .against(new Expected(3.35e12, "data sheet")),
                      figure("device memory", "read", Unit.BYTES_PER_SECOND, 1e12)
                          .against(new Expected(3.35e12, "data sheet")),
                      figure("arithmetic", "fp32", Unit.OPERATIONS_PER_SECOND, 5e13)
                          .against(new Expected(6e13, "data sheet")),
                      figure("arithmetic", "int8", Unit.OPERATIONS_PER_SECOND, 1e15)
                          .against(new Expected(2e15, "data sheet")),
                      figure("arithmetic", "dot", Unit.OPERATIONS_PER_SECOND, 2e14),
                      figure("launches", "launch", Unit.SECONDS, 4.2e-6),
                      new Figure(
                          new Subject("arithmetic", "fp64", "fp64 rate", "how", Unit.SECONDS),
                          new Outcome.NotMeasured("there is no kernel for this device"),
                          Optional.empty())),
                  List.of(new Finding("events-disagree", "The device's clock lies.")))));

  private static Figure figure(String topic, String name, Unit unit, Double... runs) {
    return new Figure(
        new Subject(topic, name, name + " \"rate\"", "how", unit),
        new Outcome.Measured(List.of(runs)),
        Optional.empty());
  }

  @Test
  void theTableShowsMediansSpreadAndWhatShouldBe() {
    String table = BenchmarkTable.of(REPORT, Style.PLAIN);

    assertThat(table)
        .contains("cuda:0  A <model> & more")
        .containsPattern("copy \"rate\" +3 TB/s +7 % +3\\.35 TB/s +90 % +data sheet")
        .containsPattern("read \"rate\" +1 TB/s +0 % +3\\.35 TB/s +30 % +data sheet")
        .containsPattern("launch \"rate\" +4\\.20 µs +0 %\n")
        .contains("Not measured: fp64 rate – there is no kernel for this device.\n")
        .contains("events-disagree: The device's clock lies.");
  }

  @Test
  void programsGetTheUnitInTheName() throws Exception {
    JsonNode json = new ObjectMapper().readTree(BenchmarkJson.of(REPORT));

    JsonNode device = json.at("/devices/0");
    JsonNode copy = device.at("/figures/0");
    assertThat(json.path("startedUnixSeconds").asLong()).isEqualTo(1795380000);
    assertThat(device.path("id").asText()).isEqualTo("cuda:0");
    assertThat(copy.at("/bytesPerSecond/median").asDouble()).isEqualTo(3e12);
    assertThat(copy.at("/bytesPerSecond/runs")).hasSize(3);
    assertThat(copy.at("/expected/bytesPerSecond").asDouble()).isEqualTo(3.35e12);
    assertThat(copy.path("shareOfExpected").asDouble()).isBetween(0.89, 0.9);
    assertThat(device.at("/figures/5/seconds/median").asDouble()).isEqualTo(4.2e-6);
    assertThat(device.at("/figures/6/notMeasured").asText()).contains("no kernel");
    assertThat(device.at("/findings/0/name").asText()).isEqualTo("events-disagree");
  }

  @Test
  void thePageIsWholeByItself() throws Exception {
    String page = BenchmarkPage.of(REPORT);

    assertThat(page)
        .startsWith("<!DOCTYPE html>")
        .contains("prefers-color-scheme: dark", "<svg", "90 % of 3.35 TB/s")
        .contains("arithmetic · share of what it should be", "arithmetic · operations per second")
        .contains("A &lt;model&gt; &amp; more", "class=\"low\"", "events-disagree")
        .doesNotContain("http", "src=", "url(", "@import", "<script", "NaN", "Infinity");
    String body = page.substring(page.indexOf("<body>"), page.indexOf("</html>"));
    Document parsed =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(body)));
    assertThat(parsed.getElementsByTagName("svg").getLength()).isEqualTo(4);
  }
}
