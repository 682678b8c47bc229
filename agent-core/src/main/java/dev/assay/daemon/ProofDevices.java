package dev.assay.daemon;

import dev.assay.proof.Prover;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The devices that can be challenged, in the order in which they were given. */
final class ProofDevices {
  private final Map<String, ProofDevice> devices = new LinkedHashMap<>();

  ProofDevices(List<Prover> provers) {
    for (Prover prover : provers) {
      if (devices.put(prover.device(), new ProofDevice(prover)) != null) {
        throw new IllegalArgumentException("two provers for " + prover.device());
      }
    }
  }

  Optional<ProofDevice> find(String id) {
    return Optional.ofNullable(devices.get(id));
  }

  List<ProofDevice> all() {
    return List.copyOf(devices.values());
  }

  List<String> ids() {
    return List.copyOf(devices.keySet());
  }

  /**
   * A job starts: whatever nobody has a commitment of yet stops. An opening is owed and goes on.
   */
  void yieldToJob() {
    for (ProofDevice device : devices.values()) {
      device
          .current()
          .filter(task -> task.purpose() != ProofTask.Purpose.OPENING)
          .ifPresent(task -> task.stop(ProofTask.Stop.JOB_STARTS));
    }
  }

  /** The owner wants the host back: what nobody has a commitment of yet stops. */
  void stopForOwner() {
    for (ProofDevice device : devices.values()) {
      device
          .current()
          .filter(task -> task.purpose() == ProofTask.Purpose.COMMITMENT)
          .ifPresent(task -> task.stop(ProofTask.Stop.OWNER));
    }
  }

  /** Stops what computes. */
  void stopAll() {
    for (ProofDevice device : devices.values()) {
      device.current().ifPresent(task -> task.stop(ProofTask.Stop.AGENT_STOPS));
    }
  }
}
