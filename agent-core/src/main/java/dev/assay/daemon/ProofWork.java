package dev.assay.daemon;

import dev.assay.crypto.Digest;
import dev.assay.crypto.KeyId;
import dev.assay.proof.Commitment;
import dev.assay.proof.DeviceSeed;
import dev.assay.proof.Hash32;
import dev.assay.proof.Opening;
import dev.assay.proof.ProverException;
import dev.assay.token.ChallengeToken;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The long part of a proof: has the device do the work, within its time, and tells the outcome. A
 * fault of the machine is told as such; it is nobody's failed proof.
 */
final class ProofWork {
  /** What is late by more than this is stopped; a commitment just in time is the coordinator's. */
  private static final Duration LATENESS = Duration.ofSeconds(1);

  /** What comes of the work; called on the work's own thread, before the device is free again. */
  interface Sink {
    void committed(Digest proof, Commitment commitment, Duration took);

    /** There will be no commitment; {@code reason} is for the refusal, absent if nobody waits. */
    void notCommitted(Digest proof, Optional<String> reason);

    void opened(Digest proof, Opening opening, Duration took);

    /** There is no opening, for this reason, absent if nobody waits. */
    void notOpened(Digest proof, Optional<String> reason);
  }

  private final KeyId node;
  private final ScheduledExecutorService timer;
  private final LongSupplier nanos;

  ProofWork(KeyId node, ScheduledExecutorService timer, LongSupplier nanos) {
    this.node = node;
    this.timer = timer;
    this.nanos = nanos;
  }

  /** Works for a commitment. */
  void commit(OpenProof.Challenged proof, ProofTask task, Sink sink) {
    ChallengeToken asked = proof.challenge();
    DeviceSeed seed = seed(asked);
    long begun = nanos.getAsLong();
    ScheduledFuture<?> limit = stopAfter(task, Duration.ofMillis(asked.deadlineMs()));
    try {
      Commitment commitment =
          task.compute((prover, progress) -> prover.commit(asked.proof(), seed, progress));
      sink.committed(proof.id(), commitment, since(begun));
    } catch (InterruptedException e) {
      sink.notCommitted(proof.id(), mayBeExcused(task) ? stopped(task, asked) : Optional.empty());
    } catch (ProverException e) {
      sink.notCommitted(proof.id(), Optional.of(fault(asked, e)));
    } finally {
      limit.cancel(false);
    }
  }

  /** Works for an opening, as long as anyone waits for it. */
  void open(OpenProof.Received proof, ProofTask task, Duration left, Sink sink) {
    ChallengeToken asked = proof.challenge();
    DeviceSeed seed = seed(asked);
    Hash32 openingSeed = proof.receipt().token().openingSeed();
    long begun = nanos.getAsLong();
    ScheduledFuture<?> limit = stopAfter(task, left);
    try {
      Opening opening =
          task.compute(
              (prover, progress) ->
                  prover.open(
                      asked.proof(),
                      seed,
                      proof.commitment().token().roots(),
                      openingSeed,
                      progress));
      sink.opened(proof.id(), opening, since(begun));
    } catch (InterruptedException e) {
      sink.notOpened(proof.id(), stopped(task, asked));
    } catch (ProverException e) {
      sink.notOpened(proof.id(), Optional.of(fault(asked, e)));
    } finally {
      limit.cancel(false);
    }
  }

  private ScheduledFuture<?> stopAfter(ProofTask task, Duration limit) {
    return timer.schedule(
        () -> task.stop(ProofTask.Stop.TOO_LATE),
        limit.plus(LATENESS).toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** Work that was too slow has failed, which is the challenger's to say. */
  private static boolean mayBeExcused(ProofTask task) {
    return !task.stopped().equals(Optional.of(ProofTask.Stop.TOO_LATE));
  }

  private static Optional<String> stopped(ProofTask task, ChallengeToken asked) {
    return switch (task.stopped().orElse(ProofTask.Stop.AGENT_STOPS)) {
      case PROOF_ENDED -> Optional.empty();
      case AGENT_STOPS -> Optional.of("the node's agent is being stopped");
      case JOB_STARTS -> Optional.of("a job starts on the node, and proofs yield to jobs");
      case OWNER -> Optional.of("the owner of this host has paused it (assay pause)");
      case TOO_LATE ->
          Optional.of("the work was not done within its %d ms".formatted(asked.deadlineMs()));
    };
  }

  private static String fault(ChallengeToken asked, ProverException e) {
    return "machine fault on " + asked.device() + ": " + e.getMessage();
  }

  private DeviceSeed seed(ChallengeToken asked) {
    return DeviceSeed.of(asked.nonce(), node.value(), asked.device(), asked.proof());
  }

  private Duration since(long begun) {
    return Duration.ofNanos(nanos.getAsLong() - begun);
  }
}
