package dev.assay.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(60), new Random(1));

  @Test
  void waitsDoubleUpToTheCapAndVary() {
    long bound = 500;
    for (int i = 0; i < 20; i++) {
      assertThat(backoff.next()).isBetween(Duration.ofMillis(bound / 2), Duration.ofMillis(bound));
      bound = Math.min(60_000, bound * 2);
    }
    assertThat(Stream.generate(backoff::next).limit(10).distinct().count()).isEqualTo(10);
  }

  @Test
  void aSessionBeginsItAgain() {
    for (int i = 0; i < 10; i++) {
      assertThat(backoff.next()).isPositive();
    }
    backoff.reset();
    assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(500));
  }
}
