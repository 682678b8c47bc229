package dev.assay.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** A receipt's time is the true one, as far as verifiers allow it. */
class ReceiptTimeTest {
  @Test
  void itIsTheSecondInWhichItIsIssued() {
    assertThat(ReceiptToken.issuedAt(10_900, 150, 100)).isEqualTo(11);
    assertThat(ReceiptToken.issuedAt(10_000, 999, 100)).isEqualTo(10);
  }

  @Test
  void itAgreesWithTheWitnessedTimeHoweverSlowTheChallengerIs() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      long challengedAtMs = random.nextLong(4_000_000);
      long witnessedMs = random.nextLong(100_000);
      long elapsedMs = witnessedMs + random.nextLong(i % 2 == 0 ? 2_000 : 1_000_000);
      long receipt = ReceiptToken.issuedAt(challengedAtMs, elapsedMs, witnessedMs);
      assertThat(1000 * (receipt - challengedAtMs / 1000) - witnessedMs).isBetween(-2000L, 2000L);
    }
  }
}
