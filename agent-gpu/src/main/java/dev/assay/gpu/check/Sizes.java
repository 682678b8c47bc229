package dev.assay.gpu.check;

/**
 * How large the work of a check is.
 *
 * @param shareOfFree of the free memory, that memory-fill takes
 * @param mostImageBytes more than which memory-fill never takes
 * @param passes of memory-fill
 * @param proofSide the side of the matrices of the proof matmul
 * @param proofRounds its products
 * @param productSide the side of the matrices that variants and libraries are compared with
 */
public record Sizes(
    double shareOfFree,
    long mostImageBytes,
    int passes,
    int proofSide,
    int proofRounds,
    int productSide) {
  /** Twice what a proof takes for an entry: two matrices of bytes, and an eighth for digests. */
  private static final int BYTES_OF_PROOF = 5;

  /** Twice what a library takes: two matrices of bytes, and a product of four bytes. */
  private static final int BYTES_OF_PRODUCT = 12;

  /** For a real device: all of its memory. */
  public static final Sizes FULL = new Sizes(0.95, Long.MAX_VALUE, 16, 32_768, 16, 16_384);

  /** The same with matrices that fit into so much memory, in half of it. */
  Sizes within(long freeBytes) {
    return new Sizes(
        shareOfFree,
        mostImageBytes,
        passes,
        Math.min(proofSide, side(freeBytes / BYTES_OF_PROOF)),
        proofRounds,
        Math.min(productSide, side(freeBytes / BYTES_OF_PRODUCT)));
  }

  private static int side(long entries) {
    return Math.max(128, (int) Math.sqrt((double) entries) / 128 * 128);
  }

  /** For an emulated one, on which figures say nothing. */
  public static final Sizes TINY = new Sizes(0.25, 1 << 20, 2, 256, 2, 256);
}
