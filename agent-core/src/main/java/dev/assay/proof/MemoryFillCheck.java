package dev.assay.proof;

import java.util.List;

/** The check of memory-fill. */
final class MemoryFillCheck implements Check {
  MemoryFillCheck(MemoryFill proof, DeviceSeed seed, List<Hash32> roots, Picks picks) {}

  @Override
  public String fault(int t, List<OpenedChunk> opened) {
    throw new UnsupportedOperationException();
  }
}
