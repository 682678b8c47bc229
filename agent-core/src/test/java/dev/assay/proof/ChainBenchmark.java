package dev.assay.proof;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Steps of hash-chain a second on one core. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ChainBenchmark {
  private static final int STEPS = 1 << 16;

  private final Chain chain = Chain.of(new DeviceSeed(Hash32.ofHex("5a".repeat(32))), 0);

  /** As the prover and the verifier run it. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public byte[] steps() {
    chain.run(STEPS);
    return chain.value();
  }
}
