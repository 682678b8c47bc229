package dev.assay.proof;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What a verifier credits (proofs.md §1 to §4): of the full figure the share 1−δ*, where δ* = 1 −
 * 20^(−1/k) could have been skipped in k checks with a chance of 5 %. Rounded down.
 *
 * @param bytes of memory held, from 3 passes up
 * @param bytesPerSecond of memory read and written, from 4 passes up
 * @param opsPerSecond exact 8-bit operations
 * @param hashesPerSecond SHA-256
 */
public record Proven(
    OptionalLong bytes,
    OptionalLong bytesPerSecond,
    OptionalLong opsPerSecond,
    OptionalLong hashesPerSecond) {
  private static final double ODDS = 20;
  private static final int LABEL_BYTES = 64;
  private static final int BYTES_TOUCHED = 320;
  private static final int PASSES_FOR_BYTES = 3;
  private static final int PASSES_FOR_BANDWIDTH = 4;

  /** A proof that passed, in the time that its challenger witnessed. */
  public record Passed(Proof proof, long witnessedMs) {
    private OptionalDouble bytes() {
      return proof instanceof MemoryFill fill && fill.passes() >= PASSES_FOR_BYTES
          ? OptionalDouble.of((double) LABEL_BYTES * fill.labels())
          : OptionalDouble.empty();
    }

    private OptionalDouble bytesPerSecond() {
      return proof instanceof MemoryFill fill && fill.passes() >= PASSES_FOR_BANDWIDTH
          ? perSecond((fill.passes() - 0.5) * BYTES_TOUCHED * fill.labels())
          : OptionalDouble.empty();
    }

    private OptionalDouble opsPerSecond() {
      return proof instanceof Matmul matmul
          ? perSecond(2.0 * matmul.n() * matmul.n() * matmul.n() * matmul.rounds())
          : OptionalDouble.empty();
    }

    private OptionalDouble hashesPerSecond() {
      return proof instanceof HashChain chain
          ? perSecond((double) chain.workers() * chain.segments() * chain.steps())
          : OptionalDouble.empty();
    }

    /** Nothing takes no time: where the clock saw none, no rate is known. */
    private OptionalDouble perSecond(double work) {
      return witnessedMs > 0
          ? OptionalDouble.of(1000 * work / witnessedMs)
          : OptionalDouble.empty();
    }
  }

  /** The credit of one proof. */
  public static Proven of(Proof proof, long witnessedMs) {
    return together(List.of(new Passed(proof, witnessedMs)));
  }

  /**
   * The credit of several proofs of one device, every one of which passed: k is the sum of their
   * checks, and each figure is that of the smallest.
   */
  public static Proven together(List<Passed> proofs) {
    int checks = proofs.stream().mapToInt(passed -> passed.proof().checks()).sum();
    double share = Math.pow(ODDS, -1.0 / checks);
    return new Proven(
        credit(proofs, share, Passed::bytes),
        credit(proofs, share, Passed::bytesPerSecond),
        credit(proofs, share, Passed::opsPerSecond),
        credit(proofs, share, Passed::hashesPerSecond));
  }

  /** A figure that one of the proofs does not show is not credited for all. */
  private static OptionalLong credit(
      List<Passed> proofs, double share, Function<Passed, OptionalDouble> figure) {
    double smallest = Double.POSITIVE_INFINITY;
    for (Passed passed : proofs) {
      OptionalDouble full = figure.apply(passed);
      if (full.isEmpty()) {
        return OptionalLong.empty();
      }
      smallest = Math.min(smallest, full.getAsDouble());
    }
    return proofs.isEmpty() ? OptionalLong.empty() : OptionalLong.of((long) (share * smallest));
  }
}
