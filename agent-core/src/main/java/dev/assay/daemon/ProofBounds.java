package dev.assay.daemon;

import dev.assay.proof.HashChain;
import dev.assay.proof.Matmul;
import dev.assay.proof.MemoryFill;
import dev.assay.proof.Proof;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What the owner lets proofs take of the host.
 *
 * @param enabled whether there are proofs at all
 * @param maxTime the longest deadline that is accepted, and so the longest that a proof may work
 *     before its commitment
 * @param maxMemoryBytes the most memory a proof may fill
 * @param besideJobs whether a proof may start while a job runs
 */
public record ProofBounds(
    boolean enabled, Duration maxTime, long maxMemoryBytes, boolean besideJobs) {
  /** Ten minutes, all the memory that is free, and never beside a job. */
  public static final ProofBounds DEFAULT =
      new ProofBounds(true, Duration.ofMinutes(10), Long.MAX_VALUE, false);

  /** Why a challenge is not taken on: one sentence, and what could be, by parameters' names. */
  record Limit(String reason, Map<String, Long> limits) {}

  /** What forbids the proof, if anything does. */
  Optional<Limit> forbids(Proof proof, long deadlineMs, long freeMemoryBytes) {
    if (!enabled) {
      return Optional.of(
          new Limit("the owner of this host allows no proofs (proofs.enabled)", Map.of()));
    }
    if (deadlineMs > maxTime.toMillis()) {
      return Optional.of(
          new Limit(
              "the owner allows proofs at most %d ms, the deadline is %d ms (proofs.max-time)"
                  .formatted(maxTime.toMillis(), deadlineMs),
              Map.of("deadlineMs", maxTime.toMillis())));
    }
    long needed = memoryBytes(proof);
    if (needed > maxMemoryBytes) {
      return Optional.of(
          new Limit(
              "the owner allows proofs at most %d bytes of memory, this one takes %d (proofs.max-memory)"
                  .formatted(maxMemoryBytes, needed),
              largest(proof, maxMemoryBytes)));
    }
    if (needed > freeMemoryBytes) {
      return Optional.of(
          new Limit(
              "the device has %d bytes of memory free, the proof takes %d"
                  .formatted(freeMemoryBytes, needed),
              largest(proof, freeMemoryBytes)));
    }
    return Optional.empty();
  }

  /** Two matrices of bytes beside the digests for a matmul, the array itself for the others. */
  private static long memoryBytes(Proof proof) {
    return switch (proof) {
      case MemoryFill fill -> fill.arrayBytes();
      case Matmul matmul -> 2L * matmul.n() * matmul.n() + matmul.arrayBytes();
      case HashChain chain -> chain.arrayBytes();
    };
  }

  private static Map<String, Long> largest(Proof proof, long bytes) {
    return switch (proof) {
      case MemoryFill fill -> Map.of("labels", bytes / MemoryFill.LABEL_BYTES / 1024 * 1024);
      case Matmul matmul -> Map.of("n", (long) Math.sqrt(bytes / 2.125) / 128 * 128);
      case HashChain chain -> Map.of("workers", bytes / (chain.arrayBytes() / chain.workers()));
    };
  }
}
