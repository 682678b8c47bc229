package dev.assay.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTest {
  private static final Style TERMINAL = new Style(true, true, true);

  private static Table table(Style style) {
    return new Table("proof", "figure", "")
        .row("matmul", "19.5 GOP/s", style.good("pass"))
        .line()
        .row("hash-chain", "7.42 MH/s", style.bad("fail: check 3"));
  }

  @Test
  void whereNothingCanBeDrawnColumnsAreAlignedByBlanks() {
    assertThat(table(Style.PLAIN).render(Style.PLAIN))
        .isEqualTo(
            """
            proof           figure
            matmul      19.5 GOP/s  pass
            hash-chain   7.42 MH/s  fail: check 3
            """);
  }

  @Test
  void onATerminalTheTableHasLinesAndColourDoesNotShiftThem() {
    String plain = table(TERMINAL).render(TERMINAL).replaceAll("\u001b\\[[0-9;]*m", "");

    assertThat(plain)
        .isEqualTo(
            """
            ┌────────────┬────────────┬───────────────┐
            │ proof      │     figure │               │
            ├────────────┼────────────┼───────────────┤
            │ matmul     │ 19.5 GOP/s │ pass          │
            ├────────────┼────────────┼───────────────┤
            │ hash-chain │  7.42 MH/s │ fail: check 3 │
            └────────────┴────────────┴───────────────┘
            """);
  }

  @Test
  void aRowHasAsManyCellsAsTheHeader() {
    assertThatThrownBy(() -> new Table("a", "b").row("1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void colourNeedsATerminalAndCanBeDeclined() {
    assertThat(Style.of(Map.of("TERM", "xterm"), true, StandardCharsets.UTF_8)).isEqualTo(TERMINAL);
    assertThat(Style.of(Map.of("NO_COLOR", "1"), true, StandardCharsets.UTF_8))
        .isEqualTo(new Style(true, false, true));
    assertThat(Style.of(Map.of(), true, StandardCharsets.US_ASCII))
        .isEqualTo(new Style(false, true, true));
    assertThat(Style.of(Map.of(), false, StandardCharsets.UTF_8)).isEqualTo(Style.PLAIN);
    assertThat(Style.of(Map.of("TERM", "dumb"), true, StandardCharsets.UTF_8))
        .isEqualTo(Style.PLAIN);
  }

  @Test
  void amountsHaveThreeDigitsAndTheUnitThatFits() {
    assertThat(Quantity.bytes(0)).isEqualTo("0 B");
    assertThat(Quantity.bytes(1023)).isEqualTo("1023 B");
    assertThat(Quantity.bytes(1536)).isEqualTo("1.50 KiB");
    assertThat(Quantity.bytes(25_276_502_016L)).isEqualTo("23.5 GiB");
    assertThat(Quantity.bytes(Long.MAX_VALUE)).isEqualTo("8192 PiB");
    assertThat(Quantity.bytesPerSecond(1_420_000_000)).isEqualTo("1.42 GB/s");
    assertThat(Quantity.operationsPerSecond(66_100_000_000L)).isEqualTo("66.1 GOP/s");
    assertThat(Quantity.hashesPerSecond(999_600)).isEqualTo("1.00 MH/s");
    assertThat(Quantity.time(Duration.ofMillis(12))).isEqualTo("12 ms");
    assertThat(Quantity.time(Duration.ofMillis(2041))).isEqualTo("2.04 s");
    assertThat(Quantity.time(Duration.ofSeconds(200))).isEqualTo("3 min 20 s");
    assertThat(Quantity.time(Duration.ofHours(52))).isEqualTo("2 d 4 h");
  }

  @Test
  void progressOverwritesItsLineAndTakesItAway() {
    StringWriter out = new StringWriter();
    try (ProgressLine line = new ProgressLine(new PrintWriter(out), TERMINAL, "matmul")) {
      line.at(1, 2);
      line.at(1, 2);
    }
    assertThat(out.toString())
        .isEqualTo("\rmatmul  ████████████░░░░░░░░░░░░  50 %\u001b[K\r\u001b[K");

    StringWriter file = new StringWriter();
    try (ProgressLine line = new ProgressLine(new PrintWriter(file), Style.PLAIN, "matmul")) {
      line.at(1, 2);
    }
    assertThat(file.toString()).isEmpty();
  }
}
