package dev.assay.gpu.cuda;

/**
 * How many thread blocks of how many threads a kernel is launched with.
 *
 * @param columns of blocks
 * @param rows of blocks
 * @param threads of a block
 * @param dynamicShared bytes of shared memory that a block gets at launch
 */
public record Grid(int columns, int rows, int threads, int dynamicShared) {
  /** One row of blocks of {@code threads}, at least {@code items} threads together. */
  public static Grid covering(long items, int threads) {
    return new Grid(Math.toIntExact((items + threads - 1) / threads), 1, threads, 0);
  }
}
