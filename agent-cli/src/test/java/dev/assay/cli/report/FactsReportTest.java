package dev.assay.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.hardware.Component;
import dev.assay.hardware.Conflict;
import dev.assay.hardware.PlatformFacts;
import dev.assay.hardware.Reading;
import dev.assay.hardware.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FactsReportTest {
  private static final PlatformFacts FACTS =
      new PlatformFacts(
          List.of(
              new Component(
                  "memory",
                  Component.Kind.MEMORY,
                  Map.of("totalBytes", new Reading.Amount(8L << 30, Source.PROCFS))),
              new Component(
                  "network:0",
                  Component.Kind.NETWORK,
                  Map.of(
                      "bitsPerSecond", new Reading.Amount(25_000_000_000L, Source.SYSFS),
                      "up", new Reading.Flag(true, Source.SYSFS),
                      "driver", new Reading.NotMeasured("no answer within 2000 ms", Source.SYSFS))),
              new Component(
                  "cpu:0",
                  Component.Kind.CPU,
                  Map.of(
                      "level1DataCacheBytes", new Reading.Amount(48 << 10, Source.SYSFS),
                      "maxHertz", new Reading.Amount(3_900_000_000L, Source.SYSFS)))),
          List.of(
              new Conflict(
                  "memory",
                  "totalBytes",
                  List.of(
                      new Reading.Amount(8L << 30, Source.PROCFS),
                      new Reading.Amount(4L << 30, Source.OSHI)))),
          OptionalLong.of(59),
          Optional.empty(),
          Optional.of("AQ"));

  @Test
  void aPersonReadsWordsUnitsSourcesAndConflicts() {
    assertThat(FactsReport.table(FACTS, Style.PLAIN))
        .isEqualTo(
            """
            component  fact                value                       source
            memory     total               8 GiB                       procfs
            network:0  speed               25 Gbit/s                   sysfs
                       driver              – no answer within 2000 ms  sysfs
                       up                  yes                         sysfs
            cpu:0      level 1 data cache  48 KiB                      sysfs
                       max clock           3.90 GHz                    sysfs
            Sources disagree on total of memory: procfs says 8 GiB, oshi says 4 GiB.
            Up for 59 s.
            UEID AQ.
            """);
  }

  @Test
  void jsonHasTheClaimsOfTheEvidence() {
    assertThat(FactsReport.json(FACTS))
        .contains("\"submods\"", "\"memory\"", "\"uptime\" : 59", "\"conflicts\"")
        .doesNotContain("\"iss\"");
  }

  @Test
  void powerAndHeatOfAGpuAreShownWithTheirUnits() {
    Component gpu =
        new Component(
            "cuda:0",
            Component.Kind.GPU,
            Map.of(
                "powerLimitMilliwatts", new Reading.Amount(700_000, Source.NVML),
                "temperatureCelsius", new Reading.Amount(34, Source.NVML),
                "throttleReasons", new Reading.Texts(List.of("idle"), Source.NVML)));

    assertThat(
            FactsReport.table(
                new PlatformFacts(
                    List.of(gpu),
                    List.of(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    Optional.empty()),
                Style.PLAIN))
        .isEqualTo(
            """
            component  fact              value  source
            cuda:0     power limit       700 W  nvml
                       temperature       34 °C  nvml
                       throttle reasons  idle   nvml
            No two sources disagree.
            """);
  }
}
