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
  /** For a real device: all of its memory. */
  public static final Sizes FULL = new Sizes(0.95, Long.MAX_VALUE, 16, 32_768, 16, 16_384);

  /** For an emulated one, on which figures say nothing. */
  public static final Sizes TINY = new Sizes(0.25, 1 << 20, 2, 256, 2, 256);
}
