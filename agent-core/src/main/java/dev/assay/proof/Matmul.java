package dev.assay.proof;

/**
 * Exact arithmetic throughput: {@code rounds} products of two n×n matrices of signed bytes
 * (proofs.md §3). The type is always {@code s8}.
 */
public record Matmul(int n, int rounds, int checks) implements Proof {
  /** The side of a digest cell. */
  public static final int CELL = 8;

  private static final String NAME = "matmul";

  /** Refuses parameters outside the specification with a {@link ProofException}. */
  public Matmul {
    Ranges.within(NAME, "n", n, 128, 65536);
    Ranges.multiple(NAME, "n", n, "128", 128);
    Ranges.within(NAME, "rounds", rounds, 1, 512);
    Ranges.within(NAME, "checks", checks, 1, MAX_CHECKS);
    Ranges.multiple(NAME, "checks", checks, "rounds", rounds);
    Ranges.within(NAME, "checks times n", (long) checks * n, 1, 1L << 23);
  }

  /**
   * Products for a GPU of which nothing but its size is known: 10⁹ operations for the square of its
   * multiprocessors, since larger ones are faster ones. A small one needs some ten milliseconds, a
   * large one too.
   */
  public static Matmul usual(int multiprocessors, int rounds, int checks) {
    double operations = 1e9 * multiprocessors * multiprocessors;
    double side = Math.cbrt(operations / (2 * rounds));
    return new Matmul(Math.clamp((long) side / 128 * 128, 256, 16_384), rounds, checks);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String parameters() {
    return NAME + "/" + n + "/" + rounds + "/s8/" + checks;
  }

  @Override
  public int rootCount() {
    return rounds;
  }

  @Override
  public int chunksPerCheck() {
    return 1;
  }

  @Override
  public long arrayBytes() {
    return cells() * Long.BYTES;
  }

  /** How many digest cells a product has. */
  public long cells() {
    long side = n / CELL;
    return side * side;
  }
}
