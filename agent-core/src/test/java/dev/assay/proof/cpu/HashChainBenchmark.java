package dev.assay.proof.cpu;

import dev.assay.proof.Chain;
import dev.assay.proof.Commitment;
import dev.assay.proof.DeviceSeed;
import dev.assay.proof.Hash32;
import dev.assay.proof.HashChain;
import dev.assay.proof.Progress;
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
public class HashChainBenchmark {
  private static final int STEPS = 1 << 16;
  private static final HashChain PROOF =
      new HashChain(ChainLanes.LANES, 16, STEPS / ChainLanes.LANES, 1);
  private static final int PROOF_STEPS = 16 * STEPS;
  private static final DeviceSeed SEED = new DeviceSeed(Hash32.ofHex("5a".repeat(32)));

  private final Chain chain = Chain.of(SEED, 0);

  /** A whole proof with as many workers a thread as a coordinator asks for. */
  @Benchmark
  @OperationsPerInvocation(PROOF_STEPS)
  public Commitment wholeProof() throws Exception {
    return new CpuProver(1).commit(PROOF, SEED, Progress.NONE);
  }

  /** One worker alone, as the verifier runs it. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public byte[] oneWorker() {
    chain.run(STEPS);
    return chain.value();
  }
}
