package dev.assay.bench;

import dev.assay.crypto.VerifyBenchmark;
import dev.assay.log.store.AppendBenchmark;
import dev.assay.proof.CheckBenchmark;
import dev.assay.proof.cpu.HashChainBenchmark;
import dev.assay.proof.cpu.MatmulBenchmark;
import dev.assay.proof.cpu.MemoryFillBenchmark;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Prints the table, row by row. With {@code --quick} it takes about a minute. */
final class Bench {
  private static final Target NONE = new Target.None();

  private final Jmh jmh;
  private final Yardsticks yardsticks;

  private Bench(Jmh jmh, Yardsticks yardsticks) {
    this.jmh = jmh;
    this.yardsticks = yardsticks;
  }

  /** Runs in the module's directory. */
  public static void main(String[] args) throws Exception {
    Jmh jmh = new Jmh(List.of(args).contains("--quick"));
    System.out.println(Row.HEADER);
    System.out.println(Row.RULE);
    try (Yardsticks yardsticks = new Yardsticks(jmh, Path.of("target"))) {
      boolean all = true;
      for (Row row : new Bench(jmh, yardsticks).rows()) {
        all &= print(row);
      }
      if (!all) {
        throw new IllegalStateException("some rows could not be measured");
      }
    }
  }

  /** One row that cannot be measured does not keep the others from the table. */
  private static boolean print(Row row) {
    try {
      System.out.println(row.measure());
      return true;
    } catch (Exception e) {
      System.out.println(row.failed(e));
      return false;
    }
  }

  private List<Row> rows() {
    Yardstick sha256 = yardsticks.opensslSha256();
    Yardstick ed25519 = yardsticks.opensslEd25519();
    Yardstick textbook = yardsticks.textbookLoop();
    Yardstick fsyncs = yardsticks.fsyncs();
    return List.of(
        against(
            yardsticks.b3sum(),
            "memory-fill, 256 MiB × 4 passes, every core",
            Unit.SECONDS,
            MemoryFillBenchmark.class,
            "wholeProof",
            new Target.RatioAtMost(3)),
        against(
            yardsticks.b3sum(),
            "memory-fill, its five trees alone, one core",
            Unit.SECONDS,
            MemoryFillBenchmark.class,
            "trees",
            NONE),
        against(
            sha256,
            "hash-chain, 256 workers on one core",
            Unit.MILLIONS_PER_SECOND,
            HashChainBenchmark.class,
            "wholeProof",
            new Target.RatioAtLeast(2)),
        against(
            sha256,
            "hash-chain, one worker",
            Unit.MILLIONS_PER_SECOND,
            HashChainBenchmark.class,
            "oneWorker",
            NONE),
        against(
            textbook,
            "matmul, inner loop, one core",
            Unit.GIGA_OPERATIONS,
            MatmulBenchmark.class,
            "innerLoop",
            new Target.RatioAtLeast(1)),
        against(
            textbook,
            "matmul, whole proof of n = 2048, one core",
            Unit.GIGA_OPERATIONS,
            MatmulBenchmark.class,
            "wholeProof",
            NONE),
        alone(
            "memory-fill, one check",
            Unit.MICROSECONDS,
            CheckBenchmark.class,
            "memoryFill",
            new Target.FigureAtMost(60)),
        alone(
            "matmul, one check at n = 16384",
            Unit.MICROSECONDS,
            CheckBenchmark.class,
            "matmul",
            new Target.FigureAtMost(500)),
        alone(
            "hash-chain, one check of 2¹⁹ steps",
            Unit.MICROSECONDS,
            CheckBenchmark.class,
            "hashChain",
            NONE),
        against(
            ed25519,
            "log replay, signatures, one core",
            Unit.PER_SECOND,
            VerifyBenchmark.class,
            "oneCore",
            new Target.RatioAtLeast(1.2)),
        against(
            ed25519,
            "log replay, signatures, every core",
            Unit.PER_SECOND,
            VerifyBenchmark.class,
            "everyCore",
            NONE),
        against(
            fsyncs,
            "log append, 32 threads sharing checkpoints",
            Unit.PER_SECOND,
            AppendBenchmark.class,
            "together",
            NONE),
        against(
            fsyncs,
            "log append, one by one",
            Unit.PER_SECOND,
            AppendBenchmark.class,
            "alone",
            NONE));
  }

  private Row against(
      Yardstick yardstick,
      String what,
      Unit unit,
      Class<?> benchmark,
      String method,
      Target target) {
    return new Row(what, unit, () -> jmh.score(benchmark, method), Optional.of(yardstick), target);
  }

  private Row alone(String what, Unit unit, Class<?> benchmark, String method, Target target) {
    return new Row(what, unit, () -> jmh.score(benchmark, method), Optional.empty(), target);
  }
}
