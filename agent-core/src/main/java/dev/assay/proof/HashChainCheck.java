package dev.assay.proof;

import java.util.List;

/** The check of hash-chain. */
final class HashChainCheck implements Check {
  HashChainCheck(HashChain proof, DeviceSeed seed, List<Hash32> roots, Picks picks) {}

  @Override
  public String fault(int t, List<OpenedChunk> opened) {
    throw new UnsupportedOperationException();
  }
}
