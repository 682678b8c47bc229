package dev.assay.coordinator;

import dev.assay.hardware.Device;
import dev.assay.proof.Proof;
import dev.assay.token.PlatformToken;
import dev.assay.token.Tokens;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What to ask of a device and how long to wait, from what its node says of it. The node's word
 * decides how much is asked and nothing else: a device that was described too large fails, one
 * described too small is credited with less.
 */
record ChallengePlan(Proof proof, long deadlineMs, String deviceClass) {
  /** The names of the proofs, as challenges have them. */
  static final List<String> PROOFS = List.of("memory-fill", "matmul", "hash-chain");

  private static final List<String> OF_GPUS = List.of("memory-fill", "matmul");

  /** The proofs that this device of a node can be asked for. */
  static List<String> proofs(NodeRecord node, String deviceId) {
    return Sizing.isGpu(device(node, deviceId)) ? OF_GPUS : PROOFS;
  }

  /** Sizes a proof of this name. */
  static ChallengePlan sized(
      String name, NodeRecord node, String deviceId, Sizing sizing, Proofs proofs) {
    Device device = device(node, deviceId);
    requireSuitable(name, device);
    Proof proof =
        switch (name) {
          case "memory-fill" ->
              sizing.memoryFill(device, proofs.calibration(Sizing.deviceClass(device, name)));
          case "matmul" ->
              sizing.matmul(device, proofs.calibration(Sizing.deviceClass(device, name)));
          case "hash-chain" -> sizing.hashChain(device);
          default ->
              throw new IllegalArgumentException(
                  "there is no proof " + name + ": choose one of " + String.join(", ", PROOFS));
        };
    return timed(proof, device, sizing, proofs);
  }

  /** Takes a proof as it is given. */
  static ChallengePlan exact(
      Proof proof, NodeRecord node, String deviceId, Sizing sizing, Proofs proofs) {
    Device device = device(node, deviceId);
    requireSuitable(proof.name(), device);
    return timed(proof, device, sizing, proofs);
  }

  private static void requireSuitable(String name, Device device) {
    if (PROOFS.contains(name) && Sizing.isGpu(device) && !OF_GPUS.contains(name)) {
      throw new IllegalArgumentException(
          "%s measures processors and %s is a GPU: ask cpu:0 for it, and this device for %s"
              .formatted(name, device.id(), String.join(" or ", OF_GPUS)));
    }
  }

  private static ChallengePlan timed(Proof proof, Device device, Sizing sizing, Proofs proofs) {
    String deviceClass = Sizing.deviceClass(device, proof.name());
    OptionalDouble calibrated = proofs.calibration(deviceClass);
    return new ChallengePlan(proof, sizing.deadlineMs(proof, device, calibrated), deviceClass);
  }

  private static Device device(NodeRecord node, String id) {
    if (node.platform().isEmpty()) {
      throw new IllegalArgumentException("node " + node.id() + " has not opened a session yet");
    }
    return Tokens.parse(node.platform(), PlatformToken.class)
        .token()
        .facts()
        .device(id)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "node "
                        + node.id()
                        + " has no device "
                        + id
                        + ", it has "
                        + String.join(", ", node.devices())));
  }
}
