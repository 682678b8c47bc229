package dev.assay.proof;

/** What a device is asked to do, with its parameters in their ranges (proofs.md §2 to §4). */
public sealed interface Proof permits MemoryFill, Matmul, HashChain {
  /** The most checks a proof may have. */
  int MAX_CHECKS = 1024;

  /** The name in tokens: {@code memory-fill}, {@code matmul} or {@code hash-chain}. */
  String name();

  /** How many places are opened. */
  int checks();

  /** The proof in one line, which the device seed binds. */
  String parameters();

  /** How many roots a commitment to it has. */
  int rootCount();

  /** How many chunks each check opens. */
  int chunksPerCheck();

  /** How many bytes the largest array has that a root commits to. */
  long arrayBytes();

  /** The most bytes an opening blob of it may have (tokens.md §2). */
  default long maxOpeningBytes() {
    int levels = Long.SIZE - Long.numberOfLeadingZeros(ChunkTree.chunks(arrayBytes()) - 1);
    long chunk = ChunkTree.CHUNK_BYTES + (long) Hash32.BYTES * levels + 16;
    return (long) checks() * chunksPerCheck() * chunk + 64;
  }
}
