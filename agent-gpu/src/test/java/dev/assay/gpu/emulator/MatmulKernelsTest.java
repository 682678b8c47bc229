package dev.assay.gpu.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.gpu.cuda.Arguments;
import dev.assay.gpu.cuda.CudaContext;
import dev.assay.gpu.cuda.CudaException;
import dev.assay.gpu.cuda.CudaModule;
import dev.assay.gpu.cuda.DeviceMemory;
import dev.assay.gpu.cuda.Grid;
import dev.assay.proof.Blake3;
import dev.assay.proof.Context;
import dev.assay.proof.DeviceSeed;
import dev.assay.proof.Hash32;
import dev.assay.proof.MatmulRound;
import dev.assay.proof.Philox;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments.ArgumentSet;
import org.junit.jupiter.params.provider.MethodSource;

/** matmul's kernels, each variant, against the specification, cell by cell (proofs.md §3). */
final class MatmulKernelsTest {
  static final List<String> TARGETS = List.of("sm70", "sm75", "sm80", "sm90a");
  private static final int CELL = 8;
  private static final DeviceSeed SEED =
      new DeviceSeed(Blake3.hash("matmul".getBytes(StandardCharsets.UTF_8)));
  private static final Hash32 KEY = Context.MATMUL_KEY.derive(SEED.value().bytes());

  /**
   * The last tile of 256 columns is only half there for 128, 384 and 640, and the last goes round
   * every ring of steps.
   */
  static List<ArgumentSet> variants() {
    List<ArgumentSet> variants = new ArrayList<>();
    for (String target : TARGETS) {
      for (int n : new int[] {128, 256, 640}) {
        variants.add(
            org.junit.jupiter.params.provider.Arguments.argumentSet(target + " " + n, target, n));
      }
    }
    return variants;
  }

  @ParameterizedTest
  @MethodSource("variants")
  void everyCellHasTheSpecificationsDigest(String target, int n) throws Exception {
    long[] cells = Emulator.use("mem=4M;cc=9.0", context -> cells(context, target, n));

    assertThat(cells).isEqualTo(expected(n));
  }

  /** The digests of the first round's product. */
  static long[] cells(CudaContext context, String target, int n)
      throws CudaException, InterruptedException {
    DeviceBytes device = new DeviceBytes(context);
    DeviceMemory a = device.allocate((long) n * n);
    DeviceMemory b = device.allocate((long) n * n);
    DeviceMemory cells = device.allocate((long) n / CELL * n / CELL * Long.BYTES);
    CudaModule module = context.module("matmul", target);
    device.launch(
        device.proof(),
        "matmul_inputs",
        Grid.covering(2L * n * n / 16, 256),
        new Arguments()
            .pointer(a)
            .pointer(b)
            .u32(n)
            .u32(KEY.word(0))
            .u32(KEY.word(1))
            .u32(KEY.word(4)));
    DeviceMemory shape = device.allocate(4 * Integer.BYTES);
    device.launch(module, "matmul_shape", new Grid(1, 1, 1, 0), new Arguments().pointer(shape));
    int[] is = device.readWords(shape);
    Grid grid = new Grid((n + is[1] - 1) / is[1], (n + is[0] - 1) / is[0], is[2], is[3]);
    Arguments arguments =
        new Arguments().pointer(a).pointer(b).pointer(cells).u32(n).u64(KEY.longWord(1));
    device.launch(module, "matmul_digest", grid, arguments);
    return device.readLongs(cells);
  }

  static long[] expected(int n) {
    MatmulRound round = MatmulRound.first(SEED);
    int[][] rows = vectors(round, MatmulRound.A, n);
    int[][] columns = vectors(round, MatmulRound.B, n);
    long[] cells = new long[n / CELL * (n / CELL)];
    int[] entries = new int[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        entries[j] = product(rows[i], columns[j]);
      }
      long[] digests = new long[n];
      round.digest(entries, i, 0, n, digests);
      for (int j = 0; j < n; j++) {
        cells[i / CELL * (n / CELL) + j / CELL] += digests[j];
      }
    }
    return cells;
  }

  private static int[][] vectors(MatmulRound round, int matrix, int n) {
    int[][] vectors = new int[n][n];
    Philox lanes = new Philox(n / Philox.BYTES);
    for (int v = 0; v < n; v++) {
      round.fill(matrix, v, 0, n, lanes, vectors[v]);
    }
    return vectors;
  }

  private static int product(int[] row, int[] column) {
    int sum = 0;
    for (int k = 0; k < row.length; k++) {
      sum += row[k] * column[k];
    }
    return sum;
  }
}
