package dev.assay.proof.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.proof.ProverException;
import dev.assay.proof.ProverException.Remedy;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WorkersTest {
  @Test
  void everyPartOfEachPieceOfWorkIsDoneOnceBeforeTheNext() throws Exception {
    AtomicLong sum = new AtomicLong();
    try (Workers workers = new Workers(3)) {
      workers.run(100, () -> sum::addAndGet, () -> {});
      assertThat(sum).hasValue(4950);
      workers.run(10, () -> sum::addAndGet, () -> {});
    }
    assertThat(sum).hasValue(4995);
  }

  @Test
  void tooLittleMemoryMayBeTriedAgain() {
    assertFailure(
        new OutOfMemoryError("Cannot reserve 7 bytes of direct buffer memory"),
        Remedy.RETRY,
        "Cannot reserve 7 bytes");
  }

  @Test
  void anyOtherErrorIsForSomeoneToLookAt() {
    assertFailure(new IllegalStateException("worn out"), Remedy.STOP, "worn out");
  }

  private static void assertFailure(Throwable thrown, Remedy remedy, String message) {
    assertThatThrownBy(() -> Workers.run(2, 5, () -> part -> sneak(thrown), () -> {}))
        .isInstanceOfSatisfying(
            ProverException.class, e -> assertThat(e.remedy()).isEqualTo(remedy))
        .hasMessageContaining(message);
  }

  private static void sneak(Throwable thrown) {
    switch (thrown) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalArgumentException(thrown);
    }
  }
}
