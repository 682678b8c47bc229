package dev.assay.cli.report;

import dev.assay.benchmark.DeviceResult;
import dev.assay.benchmark.Figure;
import dev.assay.benchmark.Finding;
import dev.assay.gpu.check.GpuCheckResult;
import dev.assay.gpu.check.GpuCheckResult.Agreement;
import dev.assay.gpu.check.GpuCheckResult.Library;
import dev.assay.gpu.check.GpuCheckResult.ProofTimes;
import dev.assay.gpu.check.GpuCheckResult.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What a check of a GPU found, as the section of docs/measurements.md that shows ratios. */
public final class GpuCheckSection {
  private static final double FILL_TARGET = 0.75;
  private static final double LIBRARY_TARGET = 0.8;
  private static final double WHOLE_CARD_SECONDS = 4;
  private static final String WHOLE_CARD = "H100 80GB";
  private static final double HOUR_SECONDS = 3600;
  private static final String PEAK = "datasheet's peak";

  private final GpuCheckResult result;
  private final StringBuilder out = new StringBuilder();

  private GpuCheckSection(GpuCheckResult result) {
    this.result = result;
  }

  /**
   * The section.
   *
   * @param command as it was called
   */
  public static String of(GpuCheckResult result, Instant when, String command) {
    return new GpuCheckSection(result).render(when, command);
  }

  private String render(Instant when, String command) {
    out.append(
        "%s, %s of memory, CUDA %s; %s; `%s`%n%n"
            .formatted(
                result.model(),
                Quantity.bytes(result.memoryBytes()),
                result.driver(),
                Moment.text(when.getEpochSecond()),
                command));
    agreements();
    out.append("| measured | figure | yardstick | its figure | ratio | target | met |\n")
        .append("|---|--:|---|--:|--:|--:|---|\n");
    result.memoryFill().ifPresent(this::fill);
    result.matmul().ifPresent(this::product);
    variants();
    result.memoryFill().ifPresent(times -> proofTimes("memory-fill", times));
    result.matmul().ifPresent(times -> proofTimes("matmul", times));
    if (result.memoryFill().isPresent() && result.matmul().isPresent()) {
      hour(result.memoryFill().get(), result.matmul().get());
    }
    benchmarks(result.benchmarks());
    return out.toString();
  }

  private void agreements() {
    List<Agreement> wrong =
        result.agreements().stream().filter(a -> a.fault().isPresent()).toList();
    out.append(
        "%d of %d kernels and proofs agree with the processors and the verifier.%n%n"
            .formatted(result.agreements().size() - wrong.size(), result.agreements().size()));
    for (Agreement agreement : wrong) {
      out.append("- **%s: %s**%n".formatted(agreement.what(), agreement.fault().orElseThrow()));
    }
    if (!wrong.isEmpty()) {
      out.append('\n');
    }
  }

  private void fill(ProofTimes fill) {
    row(
        "memory-fill, %s, bytes touched".formatted(Quantity.bytes(fill.arrayBytes())),
        Quantity.bytesPerSecond(Math.round(fill.rate())),
        "device-to-device copy",
        benchmark("device-copy"),
        fill.rate(),
        OptionalDouble.of(FILL_TARGET),
        value -> Quantity.bytesPerSecond(Math.round(value)));
    boolean targeted = result.model().contains(WHOLE_CARD);
    plain(
        "memory-fill, all of it (%s)".formatted(fill.parameters()),
        seconds(fill.commitSeconds()),
        targeted ? "< 4 s" : "",
        targeted ? met(fill.commitSeconds() < WHOLE_CARD_SECONDS) : "");
  }

  private void product(ProofTimes proof) {
    rate(
        "matmul, whole proof (" + proof.parameters() + ")",
        proof.rate(),
        libraryName(),
        library(),
        LIBRARY_TARGET);
    rate("matmul, whole proof", proof.rate(), PEAK, result.peak(), 0);
  }

  private void variants() {
    for (Rate variant : result.variants()) {
      rate(
          variant.name() + ", kernel alone",
          variant.operationsPerSecond(),
          libraryName(),
          library(),
          0);
    }
    if (library().isPresent()) {
      rate(libraryName(), library().getAsDouble(), PEAK, result.peak(), 0);
    }
  }

  private OptionalDouble library() {
    return result.library() instanceof Library.Measured measured
        ? OptionalDouble.of(measured.rate().operationsPerSecond())
        : OptionalDouble.empty();
  }

  private String libraryName() {
    return switch (result.library()) {
      case Library.Measured measured -> measured.rate().name();
      case Library.NotAtHand none -> "cuBLAS int8 (not at hand: " + none.reason() + ")";
    };
  }

  private void rate(String what, double rate, String yardstick, OptionalDouble its, double target) {
    row(
        what,
        Quantity.operationsPerSecond(Math.round(rate)),
        yardstick,
        its,
        rate,
        target > 0 ? OptionalDouble.of(target) : OptionalDouble.empty(),
        value -> Quantity.operationsPerSecond(Math.round(value)));
  }

  private void proofTimes(String proof, ProofTimes times) {
    time(proof + ", opening", times.openSeconds(), times);
    time(proof + ", verification", times.verifySeconds(), times);
  }

  private void time(String what, double seconds, ProofTimes times) {
    row(
        what,
        seconds(seconds),
        "its commitment",
        OptionalDouble.of(times.commitSeconds()),
        seconds,
        OptionalDouble.empty(),
        GpuCheckSection::seconds);
  }

  /** What it costs a GPU with nothing else to do to be challenged: not a yardstick, a share. */
  private void hour(ProofTimes fill, ProofTimes matmul) {
    double busy =
        fill.commitSeconds() + fill.openSeconds() + matmul.commitSeconds() + matmul.openSeconds();
    row(
        "one proof of each kind, opened",
        seconds(busy),
        "an hour of the GPU",
        OptionalDouble.of(HOUR_SECONDS),
        busy,
        OptionalDouble.empty(),
        GpuCheckSection::seconds);
  }

  private void benchmarks(DeviceResult benchmarks) {
    out.append("\n| benchmark | median | spread | should be | reached |\n|---|--:|--:|--:|--:|\n");
    for (Figure figure : benchmarks.figures()) {
      out.append(BenchmarkTable.markdown(figure));
    }
    for (Finding finding : benchmarks.findings()) {
      out.append("\n**%s**: %s%n".formatted(finding.name(), finding.sentence()));
    }
  }

  private OptionalDouble benchmark(String name) {
    return result.benchmarks().figure(name).map(Figure::median).orElse(OptionalDouble.empty());
  }

  @FunctionalInterface
  private interface Words {
    String of(double value);
  }

  private void row(
      String what,
      String figure,
      String yardstick,
      OptionalDouble its,
      double value,
      OptionalDouble target,
      Words words) {
    boolean known = its.isPresent();
    double ratio = known ? value / its.getAsDouble() : 0;
    out.append(
        "| %s | %s | %s | %s | %s | %s | %s |%n"
            .formatted(
                what,
                figure,
                yardstick,
                known ? words.of(its.getAsDouble()) : "unmeasured",
                known ? ratio(ratio) : "",
                target.isPresent() ? "≥ " + ratio(target.getAsDouble()) : "",
                known && target.isPresent() ? met(ratio >= target.getAsDouble()) : ""));
  }

  private void plain(String what, String figure, String target, String met) {
    out.append("| %s | %s | | | | %s | %s |%n".formatted(what, figure, target, met));
  }

  private static String met(boolean met) {
    return met ? "yes" : "no";
  }

  private static String ratio(double ratio) {
    return ratio >= 0.01
        ? String.format(Locale.ROOT, "%.2f ×", ratio)
        : String.format(Locale.ROOT, "%.5f ×", ratio);
  }

  private static String seconds(double seconds) {
    return seconds < 1e-3
        ? Quantity.seconds(seconds)
        : Quantity.time(Duration.ofNanos(Math.round(seconds * 1e9)));
  }
}
