package dev.assay.proof.cpu;

import dev.assay.proof.Commitment;
import dev.assay.proof.DeviceSeed;
import dev.assay.proof.Hash32;
import dev.assay.proof.MemoryFill;
import dev.assay.proof.Progress;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A whole memory-fill on every core: an image of 256 MiB, 4 passes over it, and 5 trees of it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
public class MemoryFillBenchmark {
  /** The image's size. */
  public static final long IMAGE_BYTES = 256L << 20;

  /** How many trees the proof hashes. */
  public static final int TREES = 5;

  private static final MemoryFill PROOF =
      new MemoryFill(IMAGE_BYTES / MemoryFill.LABEL_BYTES, TREES - 1, 4);
  private static final DeviceSeed SEED = new DeviceSeed(Hash32.ofHex("5a".repeat(32)));

  /** Seconds for the commitment. */
  @Benchmark
  public Commitment wholeProof() throws Exception {
    return new CpuProver().commit(PROOF, SEED, Progress.NONE);
  }
}
