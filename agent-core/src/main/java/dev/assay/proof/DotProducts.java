package dev.assay.proof;

/**
 * Dot products of rows with columns, two by four at a time. The compiler makes vector code of this
 * shape: one array a row, each read from its start, and no more sums than it has registers.
 */
public final class DotProducts {
  /** How many rows go together. */
  public static final int ROWS = 2;

  /** How many columns go together. */
  public static final int COLUMNS = 4;

  private DotProducts() {}

  /**
   * Adds to {@code sums[i + r][j + c]} the product of row {@code a[i + r]} and column {@code b[j +
   * c]} over the first {@code length} entries, for two rows r and four columns c.
   */
  public static void add(int[][] a, int i, int[][] b, int j, int length, int[][] sums) {
    add(a[i], a[i + 1], b[j], b[j + 1], b[j + 2], b[j + 3], length, sums[i], sums[i + 1], j);
  }

  private static void add(
      int[] a0,
      int[] a1,
      int[] b0,
      int[] b1,
      int[] b2,
      int[] b3,
      int length,
      int[] sums0,
      int[] sums1,
      int j) {
    int s00 = 0;
    int s01 = 0;
    int s02 = 0;
    int s03 = 0;
    int s10 = 0;
    int s11 = 0;
    int s12 = 0;
    int s13 = 0;
    for (int x = 0; x < length; x++) {
      int row0 = a0[x];
      int row1 = a1[x];
      int column0 = b0[x];
      int column1 = b1[x];
      int column2 = b2[x];
      int column3 = b3[x];
      s00 += row0 * column0;
      s01 += row0 * column1;
      s02 += row0 * column2;
      s03 += row0 * column3;
      s10 += row1 * column0;
      s11 += row1 * column1;
      s12 += row1 * column2;
      s13 += row1 * column3;
    }
    sums0[j] += s00;
    sums0[j + 1] += s01;
    sums0[j + 2] += s02;
    sums0[j + 3] += s03;
    sums1[j] += s10;
    sums1[j + 1] += s11;
    sums1[j + 2] += s12;
    sums1[j + 3] += s13;
  }
}
