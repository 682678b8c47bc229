package dev.assay.cli;

import dev.assay.cli.report.Quantity;
import dev.assay.crypto.KeyId;
import dev.assay.hardware.Device;
import dev.assay.proof.Commitment;
import dev.assay.proof.DeviceSeed;
import dev.assay.proof.Hash32;
import dev.assay.proof.HashChain;
import dev.assay.proof.Matmul;
import dev.assay.proof.MemoryFill;
import dev.assay.proof.Opening;
import dev.assay.proof.Progress;
import dev.assay.proof.Proof;
import dev.assay.proof.Prover;
import dev.assay.proof.ProverException;
import dev.assay.proof.Verdict;
import dev.assay.proof.Verifier;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * One proof of a device, asked for and verified in this process. The node could choose its luck, so
 * it shows that the device works and proves nothing to others (proofs.md §6).
 *
 * @param nanos a monotonic clock
 */
record SelfTest(Prover prover, KeyId node, SecureRandom random, LongSupplier nanos) {
  /**
   * What one proof gave.
   *
   * @param committing from the challenge to the commitment
   * @param opening from the opening seed to the opening
   * @param verifying all checks together
   */
  record Outcome(
      Proof proof, Duration committing, Duration opening, Duration verifying, Verdict verdict) {
    /** The work of the whole proof over the time to its commitment. */
    String figure() {
      double seconds = Math.max(1, committing.toNanos()) / 1e9;
      return switch (proof) {
        case MemoryFill fill ->
            Quantity.bytesPerSecond((long) ((fill.passes() - 0.5) * 320 * fill.labels() / seconds));
        case Matmul matmul ->
            Quantity.operationsPerSecond(
                (long) (2.0 * Math.pow(matmul.n(), 3) * matmul.rounds() / seconds));
        case HashChain chain ->
            Quantity.hashesPerSecond(
                (long) ((double) chain.workers() * chain.segments() * chain.steps() / seconds));
      };
    }

    /** What was held, multiplied or hashed. */
    String work() {
      return switch (proof) {
        case MemoryFill fill ->
            Quantity.bytes(fill.labels() * MemoryFill.LABEL_BYTES)
                + ", "
                + fill.passes()
                + " passes";
        case Matmul matmul -> matmul.n() + "³, " + matmul.rounds() + " rounds";
        case HashChain chain -> chain.workers() + " chains";
      };
    }
  }

  /** One proof of each kind, sized to take a few seconds on this device. */
  static List<Proof> proofs(Device device, long memoryBytes) {
    long labels = Math.max(1024, memoryBytes / MemoryFill.LABEL_BYTES / 1024 * 1024);
    return List.of(
        new MemoryFill(labels, 4, 64),
        new Matmul(2048, 4, 64),
        new HashChain(device.threads(), 16, 250_000, 32));
  }

  Outcome run(Proof proof, Progress progress) throws InterruptedException, ProverException {
    DeviceSeed seed = DeviceSeed.of(fresh(), node.value(), prover.device(), proof);
    long start = nanos.getAsLong();
    Commitment commitment = prover.commit(proof, seed, progress);
    long committed = nanos.getAsLong();
    Hash32 openingSeed = fresh();
    Opening opening = prover.open(proof, seed, commitment.roots(), openingSeed, progress);
    long opened = nanos.getAsLong();
    Verdict verdict = new Verifier().verify(proof, seed, commitment.roots(), openingSeed, opening);
    long verified = nanos.getAsLong();
    return new Outcome(
        proof,
        Duration.ofNanos(committed - start),
        Duration.ofNanos(opened - committed),
        Duration.ofNanos(verified - opened),
        verdict);
  }

  private Hash32 fresh() {
    byte[] bytes = new byte[Hash32.BYTES];
    random.nextBytes(bytes);
    return Hash32.of(bytes);
  }
}
