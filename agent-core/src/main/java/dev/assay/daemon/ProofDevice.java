package dev.assay.daemon;

import dev.assay.proof.Proof;
import dev.assay.proof.Prover;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A device with its prover, which does one proof at a time. */
final class ProofDevice {
  private final Prover prover;
  private final AtomicReference<ProofTask> current = new AtomicReference<>();

  ProofDevice(Prover prover) {
    this.prover = prover;
  }

  String id() {
    return prover.device();
  }

  /** Why the device does no such proof, if it does none. */
  Optional<String> refuses(Proof proof) {
    return prover.refuses(proof);
  }

  /** What the device is doing. */
  Optional<ProofTask> current() {
    return Optional.ofNullable(current.get());
  }

  /** Keeps the device for a task until that is released, or returns empty if it is busy. */
  Optional<ProofTask> reserve(ProofTask.Purpose purpose, Proof proof) {
    ProofTask task =
        new ProofTask(prover, purpose, proof, ended -> current.compareAndSet(ended, null));
    return current.compareAndSet(null, task) ? Optional.of(task) : Optional.empty();
  }
}
