package dev.assay.proof.cpu;

import dev.assay.proof.Commitment;
import dev.assay.proof.DeviceSeed;
import dev.assay.proof.DotProducts;
import dev.assay.proof.Hash32;
import dev.assay.proof.Matmul;
import dev.assay.proof.MatmulRound;
import dev.assay.proof.Progress;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Products of signed bytes, in thousands of operations a microsecond, which is GOP/s: a product and
 * a sum are two operations. No tool that is everywhere measures this, so the yardstick is the
 * textbook's loop, in the same machine code generator.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MatmulBenchmark {
  private static final int SIDE = 64;
  private static final int TILE_KILO_OPERATIONS = 2 * SIDE * SIDE * MatmulRound.BLOCK / 1000;

  private static final int N = 2048;
  private static final Matmul PROOF = new Matmul(N, 1, 1);
  private static final int PROOF_KILO_OPERATIONS = (int) (2L * N * N * N / 1000);
  private static final DeviceSeed SEED = new DeviceSeed(Hash32.ofHex("5a".repeat(32)));

  private final int[][] rows = signedBytes(1);
  private final int[][] columns = signedBytes(2);
  private final int[][] product = new int[SIDE][SIDE];

  /** The yardstick: one row by one column at a time, on one core, everything in cache. */
  @Benchmark
  @OperationsPerInvocation(TILE_KILO_OPERATIONS)
  public int[][] textbookLoop() {
    for (int i = 0; i < SIDE; i++) {
      for (int j = 0; j < SIDE; j++) {
        product[i][j] += dot(rows[i], columns[j]);
      }
    }
    return product;
  }

  /** What the prover does instead, on one core, everything in cache. */
  @Benchmark
  @OperationsPerInvocation(TILE_KILO_OPERATIONS)
  public int[][] innerLoop() {
    for (int i = 0; i < SIDE; i += DotProducts.ROWS) {
      for (int j = 0; j < SIDE; j += DotProducts.COLUMNS) {
        DotProducts.add(rows, i, columns, j, MatmulRound.BLOCK, product);
      }
    }
    return product;
  }

  /** A whole proof of n = 2048 on one core, with its matrices, digests and tree. */
  @Benchmark
  @OperationsPerInvocation(PROOF_KILO_OPERATIONS)
  public Commitment wholeProof() throws Exception {
    return new CpuProver(1).commit(PROOF, SEED, Progress.NONE);
  }

  private static int dot(int[] row, int[] column) {
    int sum = 0;
    for (int x = 0; x < row.length; x++) {
      sum += row[x] * column[x];
    }
    return sum;
  }

  private static int[][] signedBytes(long seed) {
    Random random = new Random(seed);
    int[][] all = new int[SIDE][MatmulRound.BLOCK];
    for (int[] row : all) {
      Arrays.setAll(row, x -> random.nextInt(256) - 128);
    }
    return all;
  }
}
