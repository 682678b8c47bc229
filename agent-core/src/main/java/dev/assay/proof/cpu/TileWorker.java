package dev.assay.proof.cpu;

import dev.assay.proof.DotProducts;
import dev.assay.proof.Matmul;
import dev.assay.proof.MatmulRound;
import dev.assay.proof.Philox;
import java.util.Arrays;

/**
 * One thread's part in a product: generates the rows and columns of a tile a block at a time,
 * multiplies them, and digests the tile's cells.
 */
final class TileWorker implements Workers.Worker {
  /** So many columns of a block stay in a core's own cache while all rows pass by. */
  private static final int COLUMNS_AT_ONCE = 8;

  private final MatmulRound round;
  private final Tiling tiling;
  private final ProductDigest digest;
  private final int block;

  private final Philox lanes;
  private final int[][] rows;
  private final int[][] columns;
  private final int[][] product;
  private final long[] sums;

  TileWorker(MatmulRound round, Tiling tiling, ProductDigest digest) {
    this.round = round;
    this.tiling = tiling;
    this.digest = digest;
    this.block = Math.min(MatmulRound.BLOCK, tiling.n());
    this.lanes = new Philox(block / Philox.BYTES);
    this.rows = new int[tiling.side()][block];
    this.columns = new int[tiling.side()][block];
    this.product = new int[tiling.side()][tiling.side()];
    this.sums = new long[tiling.side()];
  }

  @Override
  public void run(long tile) throws InterruptedException {
    int firstRow = tiling.firstRow(tile);
    int firstColumn = tiling.firstColumn(tile);
    int height = tiling.extent(firstRow);
    int width = tiling.extent(firstColumn);
    for (int[] row : product) {
      Arrays.fill(row, 0);
    }
    for (int x = 0; x < tiling.n(); x += block) {
      int length = Math.min(block, tiling.n() - x);
      fill(MatmulRound.A, firstRow, height, x, length, rows);
      fill(MatmulRound.B, firstColumn, width, x, length, columns);
      multiply(height, width, length);
    }
    ProductDigest.Band band = digest.band(tile);
    for (int row = 0; row < height; row += Matmul.CELL) {
      digestCells(row, firstRow, firstColumn, width, band);
    }
    band.tileDone();
  }

  private void fill(int matrix, int first, int count, int x, int length, int[][] out)
      throws InterruptedException {
    requireNotInterrupted();
    for (int v = 0; v < count; v++) {
      round.fill(matrix, first + v, x, length, lanes, out[v]);
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

  private void digestCells(
      int row, int firstRow, int firstColumn, int width, ProductDigest.Band band) {
    Arrays.fill(sums, 0);
    for (int r = row; r < row + Matmul.CELL; r++) {
      round.digest(product[r], firstRow + r, firstColumn, width, sums);
    }
    for (int column = 0; column < width; column += Matmul.CELL) {
      long cell = 0;
      for (int c = column; c < column + Matmul.CELL; c++) {
        cell += sums[c];
      }
      band.put(row, firstColumn + column, cell);
    }
  }

  private static void requireNotInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
