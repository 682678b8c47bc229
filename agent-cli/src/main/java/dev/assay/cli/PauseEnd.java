package dev.assay.cli;

import dev.assay.cli.config.Span;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Until when something is to hold, as people write it. */
final class PauseEnd {
  private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm");

  private PauseEnd() {}

  /**
   * The time that {@code text} means: a length of time from now ({@code 2h}), a time of the day,
   * the next to come ({@code 08:00}), or one of a day, here ({@code 2026-11-23T08:00}) or anywhere
   * ({@code 2026-11-23T07:00Z}).
   *
   * @throws CommandException if it is none of these, or past
   */
  static Instant parse(String text, Instant now, ZoneId zone) throws CommandException {
    Instant end = read(text, now.atZone(zone));
    if (!end.isAfter(now)) {
      throw CommandException.usage("--until " + text + " is past: give a time to come.");
    }
    return end;
  }

  /** The time on the owner's clock, for people. */
  static String text(Instant end, ZoneId zone) {
    return FORM.format(end.atZone(zone));
  }

  private static Instant read(String text, ZonedDateTime now) throws CommandException {
    Optional<Duration> length = Span.read(text);
    try {
      if (length.isPresent()) {
        return now.toInstant().plus(length.get());
      }
      if (!text.contains("T")) {
        ZonedDateTime today = now.with(LocalTime.parse(text));
        return (today.isAfter(now) ? today : today.plusDays(1)).toInstant();
      }
      return text.matches(".*(Z|[+-][0-9:]+)")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).atZone(now.getZone()).toInstant();
    } catch (DateTimeException | ArithmeticException e) {
      throw CommandException.usage(
          "--until takes a length of time such as 2h, a time such as 08:00 or a date and time such"
              + " as 2026-11-23T08:00, not "
              + text
              + ".");
    }
  }
}
