package dev.assay.proof;

import dev.assay.proof.cpu.CpuProver;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Microseconds that one check takes a verifier on one core. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CheckBenchmark {
  /** How many steps a hash-chain check runs. */
  public static final int SEGMENT_STEPS = 1 << 19;

  private static final int CHECKS = 64;
  private static final int CHAIN_CHECKS = 4;
  private static final Hash32 FIVES = Hash32.ofHex("55".repeat(32));
  private static final DeviceSeed SEED = new DeviceSeed(FIVES);

  /** A real proof and its opening. */
  @State(Scope.Benchmark)
  public static class Filled {
    /** 2²⁴ labels are a GiB. */
    @Param("16777216")
    public long labels;

    private MemoryFill proof;
    private List<Hash32> roots;
    private Opening opening;

    /** Proves. */
    @Setup
    public void prove() throws Exception {
      proof = new MemoryFill(labels, 1, CHECKS);
      CpuProver prover = new CpuProver();
      roots = prover.commit(proof, SEED, Progress.NONE).roots();
      opening = prover.open(proof, SEED, roots, FIVES, Progress.NONE);
    }
  }

  /**
   * A tree of the real size over digests of zero: the check does all its work before it finds them
   * wrong. A real product of this size would take minutes.
   */
  @State(Scope.Benchmark)
  public static class Multiplied {
    private static final Matmul PROOF = new Matmul(16384, 1, CHECKS);

    private MatmulCheck check;
    private List<OpenedChunk> opened;

    /** Hashes the tree. */
    @Setup
    public void hash() {
      CommittedArray array = new CommittedArray(new byte[(int) PROOF.arrayBytes()]);
      List<Hash32> roots = List.of(array.root());
      Picks picks = Picks.of(SEED, roots, FIVES);
      check = new MatmulCheck(PROOF, SEED, roots, picks);
      long at = picks.below(0, PROOF.cells()) * Long.BYTES;
      opened = List.of(array.open((int) (at / ChunkTree.CHUNK_BYTES)));
    }
  }

  /** A real proof and its opening, with segments of the default length: a 16th of half a second. */
  @State(Scope.Benchmark)
  public static class Chained {
    private static final HashChain PROOF = new HashChain(1, 1, SEGMENT_STEPS, CHAIN_CHECKS);

    private List<Hash32> roots;
    private Opening opening;

    /** Proves. */
    @Setup
    public void prove() throws Exception {
      CpuProver prover = new CpuProver();
      roots = prover.commit(PROOF, SEED, Progress.NONE).roots();
      opening = prover.open(PROOF, SEED, roots, FIVES, Progress.NONE);
    }
  }

  /** One check of a memory-fill of {@link Filled#labels}. */
  @Benchmark
  @OperationsPerInvocation(CHECKS)
  public Verdict memoryFill(Filled filled) {
    return pass(new Verifier().verify(filled.proof, SEED, filled.roots, FIVES, filled.opening));
  }

  /** One check of a matmul of n = 16384. */
  @Benchmark
  public String matmul(Multiplied multiplied) {
    String fault = multiplied.check.fault(0, multiplied.opened);
    if (!fault.equals(": cell")) {
      throw new IllegalStateException("the check ended early: " + fault);
    }
    return fault;
  }

  /** One check of a hash-chain with segments of {@link #SEGMENT_STEPS}. */
  @Benchmark
  @OperationsPerInvocation(CHAIN_CHECKS)
  public Verdict hashChain(Chained chained) {
    return pass(new Verifier().verify(Chained.PROOF, SEED, chained.roots, FIVES, chained.opening));
  }

  private static Verdict pass(Verdict verdict) {
    if (!verdict.equals(new Verdict.Pass())) {
      throw new IllegalStateException("an honest proof failed: " + verdict);
    }
    return verdict;
  }
}
