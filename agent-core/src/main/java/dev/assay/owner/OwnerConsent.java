package dev.assay.owner;

import dev.assay.job.Refusal;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether the owner's terms let work begin now. What cannot be measured counts as not met.
 *
 * @param zone in which the owner's clock on the wall is
 */
public record OwnerConsent(
    OwnerTerms terms, HostActivity activity, InstantSource clock, ZoneId zone) {
  private static final DateTimeFormatter WALL =
      DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ROOT);

  /** Why nothing may begin now; the reason names the owner's setting. */
  public Optional<Refusal> refusal() {
    return offHours().or(this::loaded).or(this::inUse);
  }

  private Optional<Refusal> offHours() {
    LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), zone);
    return terms.hours().hold(now)
        ? Optional.empty()
        : refuse(
            "owner.hours",
            "the owner of this host lets work begin at %s, and here it is %s"
                .formatted(terms.hours(), WALL.format(now)));
  }

  private Optional<Refusal> loaded() {
    if (terms.mostMilliLoad().isEmpty()) {
      return Optional.empty();
    }
    long most = terms.mostMilliLoad().getAsLong();
    try {
      long load = activity.milliLoad();
      return load <= most
          ? Optional.empty()
          : refuse(
              "owner.idle-load",
              "the load average of this host's last minute is %s, and its owner lets work begin up to %s"
                  .formatted(number(load), number(most)));
    } catch (IOException e) {
      return refuse("owner.idle-load", "this host's load cannot be measured: " + e.getMessage());
    }
  }

  private Optional<Refusal> inUse() {
    if (terms.quiet().isEmpty()) {
      return Optional.empty();
    }
    Duration quiet = terms.quiet().get();
    try {
      Optional<Instant> input = activity.lastInput();
      return input.filter(clock.instant().minus(quiet)::isBefore).isEmpty()
          ? Optional.empty()
          : refuse(
              "owner.idle-input",
              "somebody used a terminal of this host within the last %d seconds"
                  .formatted(quiet.toSeconds()));
    } catch (IOException e) {
      return refuse(
          "owner.idle-input", "the use of this host's terminals cannot be seen: " + e.getMessage());
    }
  }

  private static String number(long milli) {
    return BigDecimal.valueOf(milli, 3).stripTrailingZeros().toPlainString();
  }

  private static Optional<Refusal> refuse(String setting, String reason) {
    return Optional.of(new Refusal(setting, reason));
  }
}
