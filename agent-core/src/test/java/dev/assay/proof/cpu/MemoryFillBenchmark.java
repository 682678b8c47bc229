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
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A memory-fill with an image of 256 MiB, 4 passes over it, and 5 trees of it. */
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

  /** An image of zeros: BLAKE3 does not mind. */
  @State(Scope.Thread)
  public static class Filled {
    private static final int PART_SHIFT = 20;

    private final long blocks = PROOF.labels() / FillWorker.CHUNK_LABELS / FillWorker.BLOCK_CHUNKS;
    private final Image image = new Image(PROOF.labels(), PART_SHIFT);
    private FillWorker worker;

    /** Takes the memory. */
    @Setup
    public void allocate() {
      image.map();
      for (int part = 0; part < image.partCount(); part++) {
        image.allocatePart(part);
      }
      int[] blockValues = new int[(int) blocks * FillWorker.CV_WORDS];
      worker = new FillWorker(image, PROOF.labels(), blockValues);
    }

    /** Gives it back. */
    @TearDown
    public void free() {
      image.close();
    }
  }

  /** Seconds for all trees alone, on one core. */
  @Benchmark
  public void trees(Filled filled) {
    for (int tree = 0; tree < TREES; tree++) {
      for (long block = 0; block < filled.blocks; block++) {
        filled.worker.hash(block);
      }
    }
  }

  /** Seconds for the commitment, on every core. */
  @Benchmark
  public Commitment wholeProof() throws Exception {
    return new CpuProver().commit(PROOF, SEED, Progress.NONE);
  }
}
