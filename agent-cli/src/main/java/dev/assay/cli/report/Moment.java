package dev.assay.cli.report;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Points in time, by the clock of whoever reads them. */
public final class Moment {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  private Moment() {}

  /** Seconds since 1970 as {@code 2026-11-22 18:30:00}. */
  public static String text(long seconds) {
    return FORM.format(Instant.ofEpochSecond(seconds));
  }
}
