package dev.assay.gpu.check;

import dev.assay.gpu.check.GpuCheckResult.Agreement;
import dev.assay.gpu.check.GpuCheckResult.ProofTimes;
import dev.assay.proof.Commitment;
import dev.assay.proof.DeviceSeed;
import dev.assay.proof.Hash32;
import dev.assay.proof.Opening;
import dev.assay.proof.Progress;
import dev.assay.proof.Proof;
import dev.assay.proof.Prover;
import dev.assay.proof.ProverException;
import dev.assay.proof.Verdict;
import dev.assay.proof.Verifier;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Commits to a proof, opens it and verifies it, each by the host's clock. */
final class ProofRun {
  private static final double NANOS = 1e9;

  private final Prover prover;
  private final LongSupplier nanoTime;
  private final List<Agreement> agreements;

  /**
   * @param agreements where the verdicts go
   */
  ProofRun(Prover prover, LongSupplier nanoTime, List<Agreement> agreements) {
    this.prover = prover;
    this.nanoTime = nanoTime;
    this.agreements = agreements;
  }

  /** The times, if it was committed to and opened. */
  Optional<ProofTimes> of(Proof proof, double work, DeviceSeed seed, Hash32 openingSeed)
      throws InterruptedException {
    try {
      return Optional.of(times(proof, work, seed, openingSeed));
    } catch (ProverException e) {
      agreements.add(new Agreement(proof.parameters(), Optional.of(e.getMessage())));
      return Optional.empty();
    }
  }

  private ProofTimes times(Proof proof, double work, DeviceSeed seed, Hash32 openingSeed)
      throws InterruptedException, ProverException {
    long start = nanoTime.getAsLong();
    Commitment commitment = prover.commit(proof, seed, Progress.NONE);
    long committed = nanoTime.getAsLong();
    Opening opening = prover.open(proof, seed, commitment.roots(), openingSeed, Progress.NONE);
    long opened = nanoTime.getAsLong();
    Verdict verdict = new Verifier().verify(proof, seed, commitment.roots(), openingSeed, opening);
    long verified = nanoTime.getAsLong();
    agreements.add(
        new Agreement(
            proof.parameters() + ", verified",
            verdict instanceof Verdict.Fail fail ? Optional.of(fail.reason()) : Optional.empty()));
    return new ProofTimes(
        proof.parameters(),
        proof.arrayBytes(),
        work,
        (committed - start) / NANOS,
        (opened - committed) / NANOS,
        (verified - opened) / NANOS);
  }
}
