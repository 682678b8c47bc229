package dev.assay.proof.cpu;

/**
 * An n×n product cut into bands of {@code side} rows, and these into tiles of {@code side} columns;
 * the last of each may be smaller. Tiles are numbered row-major.
 */
record Tiling(int n, int side) {
  /** Large tiles reuse more of what they generate; sides are multiples of 128, as n is. */
  private static final int[] SIDES = {512, 256, 128};

  private static final int TILES_A_THREAD = 4;

  /** The largest tiles that still leave every thread some. */
  static Tiling of(int n, int threads) {
    for (int side : SIDES) {
      Tiling tiling = new Tiling(n, side);
      if (tiling.tiles() >= (long) TILES_A_THREAD * threads) {
        return tiling;
      }
    }
    return new Tiling(n, SIDES[SIDES.length - 1]);
  }

  int bands() {
    return (n + side - 1) / side;
  }

  long tiles() {
    return (long) bands() * bands();
  }

  int band(long tile) {
    return (int) (tile / bands());
  }

  int firstRow(long tile) {
    return band(tile) * side;
  }

  int firstColumn(long tile) {
    return (int) (tile % bands()) * side;
  }

  /** How many rows or columns there are from {@code first} to the end of its band or tile. */
  int extent(int first) {
    return Math.min(side, n - first);
  }
}
