package dev.assay.daemon;

import dev.assay.daemon.ProofBounds.Limit;
import dev.assay.hardware.Device;
import dev.assay.job.Refusal;
import dev.assay.proof.Proof;
import dev.assay.token.ChallengeToken;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Whether a device takes a proof on now: it is there, idle, large enough, the owner allows it, and
 * no job is in the way. What is not taken on is refused with a token that says what would be.
 */
final class ProofAdmission {
  private final ProofDevices devices;
  private final ProofBounds bounds;
  private final Platform platform;
  private final BooleanSupplier jobRuns;
  private final WorkGate gate;
  private volatile boolean stopping;

  ProofAdmission(
      ProofDevices devices,
      ProofBounds bounds,
      Platform platform,
      BooleanSupplier jobRuns,
      WorkGate gate) {
    this.devices = devices;
    this.bounds = bounds;
    this.platform = platform;
    this.jobRuns = jobRuns;
    this.gate = gate;
  }

  /** Either the reserved device, or why not. */
  sealed interface Answer {
    record Admitted(ProofTask task) implements Answer {}

    record Declined(Limit limit) implements Answer {}
  }

  /** From now on nothing is taken on. */
  void stop() {
    stopping = true;
  }

  /**
   * Decides on a challenge; an admitted one has its device reserved.
   *
   * @param occupied whether another proof of the device is yet to be opened
   */
  Answer decide(ChallengeToken challenge, boolean occupied) {
    Optional<ProofDevice> device = devices.find(challenge.device());
    if (device.isEmpty()) {
      return declined("this node has no device " + challenge.device());
    }
    if (occupied) {
      return busy(challenge.device());
    }
    Optional<Refusal> shut = gate.refusal();
    if (shut.isPresent()) {
      return declined("%s (%s)".formatted(shut.get().reason(), shut.get().setting()));
    }
    if (jobRuns.getAsBoolean() && !bounds.besideJobs()) {
      return declined("a job runs, and the owner allows no proof beside it (proofs.beside-jobs)");
    }
    Optional<String> refusal = device.get().refuses(challenge.proof());
    if (refusal.isPresent()) {
      return declined(refusal.get());
    }
    Optional<Limit> limit =
        bounds.forbids(challenge.proof(), challenge.deadlineMs(), free(challenge.device()));
    if (limit.isPresent()) {
      return new Answer.Declined(limit.get());
    }
    return reserve(device.get(), ProofTask.Purpose.COMMITMENT, challenge.proof());
  }

  /** Reserves the device for the opening of a proof that was admitted before. */
  Answer opening(ChallengeToken challenge) {
    return devices
        .find(challenge.device())
        .map(device -> reserve(device, ProofTask.Purpose.OPENING, challenge.proof()))
        .orElseGet(() -> declined("this node has no device " + challenge.device()));
  }

  private Answer reserve(ProofDevice device, ProofTask.Purpose purpose, Proof proof) {
    if (stopping) {
      return declined("the node's agent is being stopped");
    }
    return device
        .reserve(purpose, proof)
        .<Answer>map(Answer.Admitted::new)
        .orElseGet(() -> busy(device.id()));
  }

  private static Answer busy(String device) {
    return declined("the device " + device + " does another proof, ask again later");
  }

  private long free(String device) {
    return platform.device(device).map(Device::freeMemoryBytes).orElse(Long.MAX_VALUE);
  }

  private static Answer declined(String reason) {
    return new Answer.Declined(new Limit(reason, Map.of()));
  }
}
