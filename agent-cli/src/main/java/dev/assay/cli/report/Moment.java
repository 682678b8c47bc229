package dev.assay.cli.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Points in time, in UTC. */
public final class Moment {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  private Moment() {}

  /** Seconds since 1970 as {@code 2026-11-22 18:30:00Z}. */
  public static String text(long seconds) {
    return FORM.format(Instant.ofEpochSecond(seconds));
  }
}
