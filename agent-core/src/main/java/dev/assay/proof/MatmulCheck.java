package dev.assay.proof;

import java.util.List;

/** The check of matmul. */
final class MatmulCheck implements Check {
  MatmulCheck(Matmul proof, DeviceSeed seed, List<Hash32> roots, Picks picks) {}

  @Override
  public String fault(int t, List<OpenedChunk> opened) {
    throw new UnsupportedOperationException();
  }
}
