package dev.assay.proof;

import java.util.Arrays;
import java.util.List;

/**
 * The check of matmul: one cell of 8×8 entries, recomputed from 8 rows of A and 8 columns of B
 * (proofs.md §3).
 */
final class MatmulCheck implements Check {
  private static final int CELL = Matmul.CELL;

  private final Matmul proof;
  private final List<Hash32> roots;
  private final Picks picks;
  private final List<MatmulRound> rounds;

  private final Philox lanes = new Philox(MatmulRound.BLOCK / Philox.BYTES);
  private final int[][] rows = new int[CELL][MatmulRound.BLOCK];
  private final int[][] columns = new int[CELL][MatmulRound.BLOCK];
  private final int[][] product = new int[CELL][CELL];

  MatmulCheck(Matmul proof, DeviceSeed seed, List<Hash32> roots, Picks picks) {
    this.proof = proof;
    this.roots = roots;
    this.picks = picks;
    this.rounds = MatmulRound.chain(seed, roots);
  }

  @Override
  public String fault(int t, List<OpenedChunk> opened) {
    int round = t % proof.rounds();
    long cell = picks.below(t, proof.cells());
    long at = cell * Long.BYTES;
    OpenedChunk chunk = opened.get(0);
    if (!ChunkTree.proves(
        roots.get(round), proof.arrayBytes(), at / ChunkTree.CHUNK_BYTES, chunk)) {
      return ": path";
    }
    int side = proof.n() / CELL;
    long digest = digest(rounds.get(round), (int) (cell / side), (int) (cell % side));
    int from = (int) (at % ChunkTree.CHUNK_BYTES);
    return digest == Words.getLong(chunk.chunk(), from) ? NONE : ": cell";
  }

  /** The digest of the cell in cell row {@code cellRow} and cell column {@code cellColumn}. */
  long digest(MatmulRound round, int cellRow, int cellColumn) {
    multiply(round, cellRow * CELL, cellColumn * CELL);
    long[] sums = new long[CELL];
    for (int r = 0; r < CELL; r++) {
      round.digest(product[r], cellRow * CELL + r, cellColumn * CELL, CELL, sums);
    }
    return Arrays.stream(sums).sum();
  }

  private void multiply(MatmulRound round, int i, int j) {
    for (int[] row : product) {
      Arrays.fill(row, 0);
    }
    for (int x = 0; x < proof.n(); x += MatmulRound.BLOCK) {
      int length = Math.min(MatmulRound.BLOCK, proof.n() - x);
      for (int k = 0; k < CELL; k++) {
        round.fill(MatmulRound.A, i + k, x, length, lanes, rows[k]);
        round.fill(MatmulRound.B, j + k, x, length, lanes, columns[k]);
      }
      for (int r = 0; r < CELL; r += DotProducts.ROWS) {
        for (int c = 0; c < CELL; c += DotProducts.COLUMNS) {
          DotProducts.add(rows, r, columns, c, length, product);
        }
      }
    }
  }
}
