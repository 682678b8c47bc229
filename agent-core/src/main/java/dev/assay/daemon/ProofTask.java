package dev.assay.daemon;

import dev.assay.proof.Progress;
import dev.assay.proof.Proof;
import dev.assay.proof.Prover;
import dev.assay.proof.ProverException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;

/**
 * One piece of work on one device, from its reservation to its release. It is stopped only while it
 * computes: what it writes afterwards is never cut short.
 */
final class ProofTask {
  /** What the work is for. */
  enum Purpose {
    COMMITMENT,
    OPENING,
    SELF_TEST
  }

  /** Why it was stopped. */
  enum Stop {
    /** The agent ends. */
    AGENT_STOPS,
    /** The proof has a result, nobody waits for the work any more. */
    PROOF_ENDED,
    /** A job needs the host. */
    JOB_STARTS,
    /** The owner wants the host back. */
    OWNER,
    /** The work took longer than its deadline. */
    TOO_LATE
  }

  /** What is done with the device. */
  @FunctionalInterface
  interface Computation<T> {
    T run(Prover prover, Progress progress) throws InterruptedException, ProverException;
  }

  /** All of the work, computations and what is written of them. */
  @FunctionalInterface
  interface Work {
    void run(ProofTask task);
  }

  private final Prover prover;
  private final Purpose purpose;
  private final Proof proof;
  private final Consumer<ProofTask> release;
  private final CountDownLatch ended = new CountDownLatch(1);
  private Thread computing;
  private Stop stop;
  private volatile double share;
  private volatile DoubleConsumer watcher = done -> {};

  ProofTask(Prover prover, Purpose purpose, Proof proof, Consumer<ProofTask> release) {
    this.prover = prover;
    this.purpose = purpose;
    this.proof = proof;
    this.release = release;
  }

  Purpose purpose() {
    return purpose;
  }

  Proof proof() {
    return proof;
  }

  /** From 0 to 1, of the present computation. */
  double share() {
    return share;
  }

  /** Why it was stopped, if it was. */
  synchronized Optional<Stop> stopped() {
    return Optional.ofNullable(stop);
  }

  /** Does the work on a thread of its own; the device is free afterwards at the latest. */
  void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run(this);
              } finally {
                release();
                ended.countDown();
              }
            },
            "assay-proof-" + prover.device());
    thread.setDaemon(true);
    thread.start();
  }

  /** Gives the device free; doing it again changes nothing. */
  void release() {
    release.accept(this);
  }

  /** Waits until work that was started has ended, with all that is written of it. */
  void await() throws InterruptedException {
    ended.await();
  }

  /**
   * Uses the device.
   *
   * @throws InterruptedException if the task is stopped
   * @throws ProverException for whatever else goes wrong, also for what a prover should not throw
   */
  <T> T compute(Computation<T> computation) throws InterruptedException, ProverException {
    synchronized (this) {
      if (stop != null) {
        throw new InterruptedException("stopped before it began");
      }
      computing = Thread.currentThread();
      share = 0;
    }
    try {
      return computation.run(prover, this::progress);
    } catch (RuntimeException | OutOfMemoryError e) {
      throw new ProverException(ProverException.Remedy.RETRY, "unexpected: " + e, e);
    } finally {
      synchronized (this) {
        computing = null;
        // A stop that came too late to be noticed must not hit what is written next.
        Thread.interrupted();
      }
    }
  }

  /** Tells {@code watcher} too how far computations are. */
  void watch(DoubleConsumer newWatcher) {
    watcher = newWatcher;
  }

  private void progress(long done, long total) {
    share = total == 0 ? 0 : (double) done / total;
    watcher.accept(share);
  }

  /** Stops the work; the first reason stands. */
  synchronized void stop(Stop reason) {
    if (stop == null) {
      stop = reason;
      if (computing != null) {
        computing.interrupt();
      }
    }
  }
}
