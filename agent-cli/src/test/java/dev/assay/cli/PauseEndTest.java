package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PauseEndTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  @ParameterizedTest
  @CsvSource({
    "2h, 2026-11-22T14:00:00Z",
    "08:00, 2026-11-22T13:00:00Z",
    "07:00, 2026-11-23T12:00:00Z",
    "06:59, 2026-11-23T11:59:00Z",
    "2026-11-23T08:00, 2026-11-23T13:00:00Z",
    "2026-11-23T08:00:30, 2026-11-23T13:00:30Z",
    "2026-11-23T08:00Z, 2026-11-23T08:00:00Z",
    "2026-11-23T08:00+01:00, 2026-11-23T07:00:00Z",
  })
  void lengthsTimesAndDatesAreThoseOfTheOwnersClock(String text, Instant end) throws Exception {
    assertThat(PauseEnd.parse(text, NOW, NEW_YORK)).isEqualTo(end);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "8 o'clock", "2026-11-23", "25:00", "2026-13-01T00:00", "-2h"})
  void whatIsNoTimeIsRefused(String text) {
    assertThatThrownBy(() -> PauseEnd.parse(text, NOW, NEW_YORK))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("--until takes");
  }

  @Test
  void whatIsPastIsRefused() {
    assertThatThrownBy(() -> PauseEnd.parse("2026-11-22T12:00Z", NOW, NEW_YORK))
        .hasMessageContaining("is past");
    assertThatThrownBy(() -> PauseEnd.parse("0s", NOW, NEW_YORK)).hasMessageContaining("is past");
  }
}
