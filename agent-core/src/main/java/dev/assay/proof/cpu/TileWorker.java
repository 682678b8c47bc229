package dev.assay.proof.cpu;

import dev.assay.proof.DotProducts;
import dev.assay.proof.Matmul;
import dev.assay.proof.MatmulRound;
import dev.assay.proof.Philox;
import java.util.Arrays;

/**
 * One thread's part in the products, with its memory for a tile: generates the rows and columns of
 * a tile a block at a time, multiplies them, and digests the tile's cells.
 */
final class TileWorker {
  /** So many columns of a block stay in a core's own cache while all rows pass by. */
  private static final int COLUMNS_AT_ONCE = 8;

  private final Tiling tiling;
  private final int block;

  private final Philox lanes;
  private final int[][] rows;
  private final int[][] columns;
  private final int[][] product;
  private final long[] sums;

  TileWorker(Tiling tiling) {
    this.tiling = tiling;
    this.block = Math.min(MatmulRound.BLOCK, tiling.n());
    this.lanes = new Philox(block / Philox.BYTES);
    this.rows = new int[tiling.side()][block];
    this.columns = new int[tiling.side()][block];
    this.product = new int[tiling.side()][tiling.side()];
    this.sums = new long[tiling.side()];
  }

  /** Does one tile of the round's product. */
  void run(MatmulRound round, long tile, ProductDigest digest) throws InterruptedException {
    int firstRow = tiling.firstRow(tile);
    int firstColumn = tiling.firstColumn(tile);
    Strip a = new Strip(MatmulRound.A, firstRow, tiling.extent(firstRow));
    Strip b = new Strip(MatmulRound.B, firstColumn, tiling.extent(firstColumn));
    for (int[] row : product) {
      Arrays.fill(row, 0);
    }
    for (int x = 0; x < tiling.n(); x += block) {
      int length = Math.min(block, tiling.n() - x);
      fill(round, a, x, length, rows);
      fill(round, b, x, length, columns);
      multiply(a.count(), b.count(), length);
    }
    ProductDigest.Band band = digest.band(tile);
    for (int row = 0; row < a.count(); row += Matmul.CELL) {
      digestCells(round, a, b, row, band);
    }
    band.tileDone();
  }

  /** The rows of A or the columns of B that a tile needs. */
  private record Strip(int matrix, int first, int count) {}

  private void fill(MatmulRound round, Strip strip, int x, int length, int[][] out)
      throws InterruptedException {
    requireNotInterrupted();
    for (int v = 0; v < strip.count(); v++) {
      round.fill(strip.matrix(), strip.first() + v, x, length, lanes, out[v]);
    }
  }

  private void multiply(int height, int width, int length) throws InterruptedException {
    for (int from = 0; from < width; from += COLUMNS_AT_ONCE) {
      requireNotInterrupted();
      for (int i = 0; i < height; i += DotProducts.ROWS) {
        for (int j = from; j < from + COLUMNS_AT_ONCE; j += DotProducts.COLUMNS) {
          DotProducts.add(rows, i, columns, j, length, product);
        }
      }
    }
  }

  private void digestCells(MatmulRound round, Strip a, Strip b, int row, ProductDigest.Band band) {
    Arrays.fill(sums, 0);
    for (int r = row; r < row + Matmul.CELL; r++) {
      round.digest(product[r], a.first() + r, b.first(), b.count(), sums);
    }
    for (int column = 0; column < b.count(); column += Matmul.CELL) {
      long cell = 0;
      for (int c = column; c < column + Matmul.CELL; c++) {
        cell += sums[c];
      }
      band.put(row, b.first() + column, cell);
    }
  }

  private static void requireNotInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
