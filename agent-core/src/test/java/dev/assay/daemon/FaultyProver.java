package dev.assay.daemon;

import dev.assay.proof.Commitment;
import dev.assay.proof.DeviceSeed;
import dev.assay.proof.Hash32;
import dev.assay.proof.Opening;
import dev.assay.proof.Progress;
import dev.assay.proof.Proof;
import dev.assay.proof.Prover;
import dev.assay.proof.ProverException;
import dev.assay.proof.cpu.CpuProver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The real prover of the host's processors, which can be held up and made to fail. */
final class FaultyProver implements Prover {
  private volatile Optional<String> refusal = Optional.empty();
  private final Prover real = new CpuProver(2);
  private volatile String fault;
  private volatile CountDownLatch held;
  private final Semaphore begun = new Semaphore(0);
  private final Semaphore interrupted = new Semaphore(0);

  /** From now on all work waits until {@link #reset}, or until it is interrupted. */
  void hold() {
    held = new CountDownLatch(1);
  }

  /** Waits until work has begun that was not waited for yet. */
  void awaitWork() throws InterruptedException {
    if (!begun.tryAcquire(20, TimeUnit.SECONDS)) {
      throw new AssertionError("no work has begun");
    }
  }

  void awaitInterrupt() throws InterruptedException {
    if (!interrupted.tryAcquire(20, TimeUnit.SECONDS)) {
      throw new AssertionError("no work was interrupted");
    }
  }

  /** From now on all work fails. */
  void fail(String sentence) {
    fault = sentence;
  }

  /** From now on all work is done. */
  void reset() {
    fault = null;
    if (held != null) {
      held.countDown();
      held = null;
    }
  }

  /** Refuses every proof from now on, as not of its kind. */
  void refuse(String reason) {
    refusal = Optional.of(reason);
  }

  @Override
  public Optional<String> refuses(Proof proof) {
    return refusal;
  }

  @Override
  public String device() {
    return "cpu:0";
  }

  @Override
  public Commitment commit(Proof proof, DeviceSeed seed, Progress progress)
      throws InterruptedException, ProverException {
    meet();
    return real.commit(proof, seed, progress);
  }

  @Override
  public Opening open(
      Proof proof, DeviceSeed seed, List<Hash32> roots, Hash32 openingSeed, Progress progress)
      throws InterruptedException, ProverException {
    meet();
    return real.open(proof, seed, roots, openingSeed, progress);
  }

  private void meet() throws InterruptedException, ProverException {
    begun.release();
    CountDownLatch latch = held;
    if (latch != null) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        interrupted.release();
        throw e;
      }
    }
    if (fault != null) {
      throw new ProverException(ProverException.Remedy.STOP, fault, null);
    }
  }
}
