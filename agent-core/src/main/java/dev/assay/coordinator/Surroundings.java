package dev.assay.coordinator;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.function.LongSupplier;

/**
 * What a coordinator takes from the machine and does not decide itself.
 *
 * @param clock the wall clock, which may jump
 * @param nanos a clock that only goes on: what is witnessed is measured by it
 * @param random makes nonces, opening seeds, ids and the times of challenges
 */
record Surroundings(InstantSource clock, LongSupplier nanos, SecureRandom random, Timers timers) {
  private static final int ID_BYTES = 8;

  /** Those of this process. */
  static Surroundings ofThisProcess() {
    return new Surroundings(
        InstantSource.system(), System::nanoTime, new SecureRandom(), new TimerThread());
  }

  /** Seconds since 1970. */
  long now() {
    return clock.instant().getEpochSecond();
  }

  byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /** A name that nothing else has. */
  String newId() {
    return HexFormat.of().formatHex(bytes(ID_BYTES));
  }
}
