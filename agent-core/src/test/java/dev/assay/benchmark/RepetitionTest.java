package dev.assay.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RepetitionTest {
  private static final Effort EFFORT =
      new Effort(3, Duration.ofMillis(10), Duration.ofMillis(10), 0, 0);

  /** Nanoseconds, moved on by the work itself. */
  private long now;

  private final List<String> told = new ArrayList<>();
  private boolean closed;

  private List<Figure> measure(Benchmark... benchmarks) throws InterruptedException {
    return new Repetition(
            EFFORT,
            () -> now,
            (device, title, done, total) -> told.add(title + " " + done + "/" + total))
        .figures("cpu:0", List.of(benchmarks));
  }

  private record Fake(Unit unit, Benchmark.Work work) implements Benchmark {
    @Override
    public Subject subject() {
      return new Subject("topic", "name", "title", "how", unit);
    }

    @Override
    public Work prepare() {
      return work;
    }
  }

  private Benchmark taking(Unit unit, double amount, long nanos) {
    return new Fake(
        unit,
        new Benchmark.Work() {
          @Override
          public double once() {
            now += nanos;
            return amount;
          }

          @Override
          public void close() {
            closed = true;
          }
        });
  }

  private static Benchmark failing(Exception failure) {
    return new Fake(
        Unit.SECONDS,
        () -> {
          switch (failure) {
            case IOException e -> throw e;
            case UnmeasuredException e -> throw e;
            case InterruptedException e -> throw e;
            default -> throw new AssertionError(failure);
          }
        });
  }

  @Test
  void aFigureIsTheWorkOverTheTimeOfThisProcess() throws Exception {
    Figure rate = measure(taking(Unit.BYTES_PER_SECOND, 3000, 1_000_000)).getFirst();
    Figure latency = measure(taking(Unit.SECONDS, 1, 4_000)).getFirst();

    assertThat(rate.median()).hasValueCloseTo(3e6, within(1.0));
    assertThat(latency.median()).hasValueCloseTo(4e-6, within(1e-9));
    assertThat(((Outcome.Measured) rate.outcome()).runs()).hasSize(3);
    assertThat(closed).isTrue();
    assertThat(told).startsWith("title 0/3", "title 1/3").contains("title 3/3");
  }

  @Test
  void theMedianStandsWithItsSpread() {
    Outcome.Measured odd = new Outcome.Measured(List.of(9.0, 10.0, 14.0));
    Outcome.Measured even = new Outcome.Measured(List.of(4.0, 1.0, 2.0, 3.0));

    assertThat(odd.median()).isEqualTo(10);
    assertThat(odd.spread()).isEqualTo(0.5);
    assertThat(even.median()).isEqualTo(2.5);
  }

  @Test
  void aFigureIsHeldAgainstWhatTheModelShouldReach() {
    Figure rate =
        new Figure(
                new Subject("t", "n", "t", "h", Unit.BYTES_PER_SECOND),
                new Outcome.Measured(List.of(80.0)),
                Optional.empty())
            .against(new Expected(100, "a data sheet"));
    Figure latency =
        new Figure(
                new Subject("t", "n", "t", "h", Unit.SECONDS),
                new Outcome.Measured(List.of(0.2)),
                Optional.empty())
            .against(new Expected(0.1, "a data sheet"));

    assertThat(rate.share()).hasValue(0.8);
    assertThat(latency.share()).hasValue(0.5);
  }

  @Test
  void whatCannotBeMeasuredSaysWhyAndTheRestGoesOn() throws Exception {
    List<Figure> figures =
        measure(
            failing(new UnmeasuredException("there is none here")),
            failing(new IOException("Input/output error")),
            taking(Unit.SECONDS, 1, 1000));

    assertThat(figures.get(0).outcome()).isEqualTo(new Outcome.NotMeasured("there is none here"));
    assertThat(figures.get(1).outcome()).isEqualTo(new Outcome.NotMeasured("Input/output error"));
    assertThat(figures.get(1).median()).isEmpty();
    assertThat(figures.get(2).median()).isPresent();
  }

  @Test
  void anInterruptEndsIt() {
    assertThatThrownBy(() -> measure(failing(new InterruptedException())))
        .isInstanceOf(InterruptedException.class);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> measure(taking(Unit.SECONDS, 1, 1)))
        .isInstanceOf(InterruptedException.class);
    assertThat(closed).isTrue();
  }
}
