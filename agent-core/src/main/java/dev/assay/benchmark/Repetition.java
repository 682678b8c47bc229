package dev.assay.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * Repeats benchmarks and holds the clock. Time is always this process's own, around work that has
 * ended: what a device says of its own time is never used.
 */
public final class Repetition {
  private static final int MOST_WARM_UPS = 6;
  private static final double WORTHWHILE = 1.05;

  private final Effort effort;
  private final LongSupplier nanoTime;
  private final BenchmarkProgress progress;

  /**
   * @param nanoTime a clock that only goes forward
   */
  public Repetition(Effort effort, LongSupplier nanoTime, BenchmarkProgress progress) {
    this.effort = effort;
    this.nanoTime = nanoTime;
    this.progress = progress;
  }

  public Effort effort() {
    return effort;
  }

  /** The figures of all benchmarks, in their order. */
  public List<Figure> figures(String device, List<? extends Benchmark> benchmarks)
      throws InterruptedException {
    List<Figure> figures = new ArrayList<>();
    int total = benchmarks.size() * effort.runs();
    for (Benchmark benchmark : benchmarks) {
      Subject subject = benchmark.subject();
      int before = figures.size() * effort.runs();
      progress.at(device, subject.title(), before, total);
      Outcome outcome =
          measure(benchmark, run -> progress.at(device, subject.title(), before + run, total));
      figures.add(new Figure(subject, outcome, Optional.empty()));
    }
    return figures;
  }

  private Outcome measure(Benchmark benchmark, IntConsumer ran) throws InterruptedException {
    try (Benchmark.Work work = benchmark.prepare()) {
      Unit unit = benchmark.subject().unit();
      warmUp(work, unit);
      List<Double> runs = new ArrayList<>();
      for (int i = 0; i < effort.runs(); i++) {
        runs.add(run(work, unit, effort.eachRun()));
        ran.accept(i + 1);
      }
      return new Outcome.Measured(runs);
    } catch (UnmeasuredException e) {
      return new Outcome.NotMeasured(e.getMessage());
    } catch (IOException e) {
      return new Outcome.NotMeasured(reason(e));
    } catch (OutOfMemoryError e) {
      return new Outcome.NotMeasured(
          "Java's heap is too small for it: give it more with JAVA_OPTS=-Xmx4g");
    }
  }

  /** Until it gets no faster: compilers, clocks and caches take their time. */
  private void warmUp(Benchmark.Work work, Unit unit)
      throws IOException, InterruptedException, UnmeasuredException {
    double before = run(work, unit, effort.warmUp());
    for (int i = 1; i < MOST_WARM_UPS; i++) {
      double now = run(work, unit, effort.warmUp());
      double gain = unit.moreIsBetter() ? now / before : before / now;
      if (gain < WORTHWHILE) {
        return;
      }
      before = now;
    }
  }

  /** One run: the work, again and again until the time is over. */
  private double run(Benchmark.Work work, Unit unit, Duration atLeast)
      throws IOException, InterruptedException, UnmeasuredException {
    double amount = 0;
    long start = nanoTime.getAsLong();
    long elapsed;
    do {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      amount += work.once();
      elapsed = nanoTime.getAsLong() - start;
    } while (elapsed < atLeast.toNanos());
    return unit.of(amount, elapsed);
  }

  private static String reason(IOException thrown) {
    return thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
  }
}
