package dev.assay.daemon;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What time it is at least. A node's clock can be set back, and then what has expired would seem
 * valid again; the newest time that the coordinator has signed is a floor that no clock can pass
 * below.
 */
final class ChallengerTime {
  /** How long a challenge or a receipt may be valid, and how far the two clocks may differ. */
  static final Duration HORIZON = Duration.ofDays(1);

  /** How far a node's clock may be ahead before it takes for expired what has just been sent. */
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final InstantSource clock;
  private Instant floor = Instant.EPOCH;

  ChallengerTime(InstantSource clock) {
    this.clock = clock;
  }

  /** The later of the node's clock and the coordinator's newest word. */
  synchronized Instant now() {
    Instant own = own();
    return own.isAfter(floor) ? own : floor;
  }

  /** How long something is still valid by a clock that may be ahead; negative if it is not. */
  Duration left(Instant expiry) {
    return Duration.between(now(), expiry.plus(TOLERANCE));
  }

  /** Whether something that was valid until then is so no more, also by a clock that is ahead. */
  boolean isPast(Instant expiry) {
    return left(expiry).isNegative();
  }

  /** Whether something is valid until a time that no coordinator with the right time would set. */
  boolean isTooFar(Instant expiry, Duration most) {
    return expiry.isAfter(now().plus(most));
  }

  /** The node's own clock. */
  Instant own() {
    return clock.instant();
  }

  /** The node's own word for an {@code iat}, in seconds. */
  long issuedAt() {
    return own().getEpochSecond();
  }

  /** Whether a coordinator's {@code iat} is so far ahead that one of the clocks must be wrong. */
  boolean isImplausible(long issuedAt) {
    return isTooFar(Instant.ofEpochSecond(issuedAt), HORIZON);
  }

  /** Notes that the coordinator has signed something at this time. */
  synchronized void witnessed(long issuedAt) {
    Instant at = Instant.ofEpochSecond(issuedAt);
    if (at.isAfter(floor)) {
      floor = at;
    }
  }
}
