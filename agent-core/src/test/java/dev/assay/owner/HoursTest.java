package dev.assay.owner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HoursTest {
  private static Hours hours(String... windows) {
    return new Hours(Arrays.stream(windows).map(text -> Hours.window(text).orElseThrow()).toList());
  }

  /** 2026-11-23 is a Monday. */
  @ParameterizedTest
  @CsvSource({
    "2026-11-23T17:59, false",
    "2026-11-23T18:00, true",
    "2026-11-24T07:59, true",
    "2026-11-24T08:00, false",
    "2026-11-23T03:00, false",
    "2026-11-28T03:00, true",
    "2026-11-28T12:00, true",
    "2026-11-29T23:59, true",
    "2026-11-30T00:00, false",
  })
  void aWindowMayGoOnIntoTheNextDay(String time, boolean within) {
    Hours nightsAndWeekends = hours("Mon-Fri 18:00-08:00", "Sat-Sun");
    assertThat(nightsAndWeekends.hold(LocalDateTime.parse(time))).isEqualTo(within);
    assertThat(nightsAndWeekends).hasToString("Mon-Fri 18:00-08:00, Sat-Sun");
  }

  @ParameterizedTest
  @CsvSource({
    "22:00-06:00, 2026-11-25T05:59, true",
    "22:00-06:00, 2026-11-25T06:00, false",
    "'Mon,Wed 9:00-17:30', 2026-11-25T17:29, true",
    "'Mon,Wed 9:00-17:30', 2026-11-24T10:00, false",
    "Fri-Mon, 2026-11-23T10:00, true",
    "Fri-Mon, 2026-11-24T10:00, false",
    "Mon 20:00-24:00, 2026-11-23T23:59, true",
    "Mon 20:00-24:00, 2026-11-24T00:00, false",
  })
  void daysAndTimesAreEachOptional(String window, String time, boolean within) {
    assertThat(hours(window).hold(LocalDateTime.parse(time))).isEqualTo(within);
  }

  @Test
  void noWindowIsAtAllTimes() {
    assertThat(Hours.ALWAYS.hold(LocalDateTime.parse("2026-11-23T12:00"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "Mo",
        "mon",
        "Mon-",
        "Mon 18:00",
        "Mon 18:00-",
        "25:00-26:00",
        "08:60-09:00",
        "24:00-08:00",
        "08:00-08:00",
        "Mon-Fri18:00-8",
        "Mon;Tue",
        "Mon 18:00-24:01"
      })
  void whatIsNoWindowIsRefused(String text) {
    assertThat(Hours.window(text)).isEmpty();
  }
}
