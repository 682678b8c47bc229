package dev.assay.proof;

/**
 * Speed of every processor at once: {@code workers} chains of SHA-256, each {@code segments} ×
 * {@code steps} long (proofs.md §4).
 */
public record HashChain(int workers, int segments, long steps, int checks) implements Proof {
  private static final String NAME = "hash-chain";
  private static final int MAX_WORKERS = 4096;
  private static final int USUAL_SEGMENTS = 16;

  /** With so many chains a thread can run them side by side in vectors. */
  private static final int USUAL_WORKERS_A_THREAD = 256;

  /** A fifth of a second to half a second, as processors are. */
  private static final long USUAL_STEPS_A_THREAD = 1 << 23;

  /** Refuses parameters outside the specification with a {@link ProofException}. */
  public HashChain {
    Ranges.within(NAME, "workers", workers, 1, MAX_WORKERS);
    Ranges.within(NAME, "segments", segments, 1, 1024);
    Ranges.within(NAME, "steps", steps, 1, (1L << 32) / segments);
    Ranges.within(NAME, "checks", checks, 1, MAX_CHECKS);
    Ranges.within(NAME, "checks times steps", checks * steps, 1, 1L << 26);
  }

  /** The usual proof for a device of {@code threads} hardware threads. */
  public static HashChain usual(int threads, int checks) {
    int workers = Math.min(MAX_WORKERS, USUAL_WORKERS_A_THREAD * threads);
    long steps = USUAL_STEPS_A_THREAD * threads / ((long) workers * USUAL_SEGMENTS);
    return new HashChain(workers, USUAL_SEGMENTS, steps, checks);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String parameters() {
    return NAME + "/" + workers + "/" + segments + "/" + steps + "/" + checks;
  }

  @Override
  public int rootCount() {
    return 1;
  }

  @Override
  public int chunksPerCheck() {
    return 2;
  }

  @Override
  public long arrayBytes() {
    return (long) workers * (segments + 1) * Hash32.BYTES;
  }

  /** Where checkpoint {@code index} of {@code worker} lies in the array. */
  public long offsetOf(int worker, int index) {
    return ((long) worker * (segments + 1) + index) * Hash32.BYTES;
  }

  /** The chunk that holds checkpoint {@code index} of {@code worker}. */
  public int chunkOf(int worker, int index) {
    return (int) (offsetOf(worker, index) / ChunkTree.CHUNK_BYTES);
  }
}
