package dev.assay.daemon;

import dev.assay.hardware.Component;
import dev.assay.hardware.Device;
import dev.assay.proof.HashChain;
import dev.assay.proof.Matmul;
import dev.assay.proof.MemoryFill;
import dev.assay.proof.Proof;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a self-test is to do: one proof of each kind, sized for a few seconds on an ordinary host.
 *
 * @param device the only device to test; empty for every one
 * @param memoryBytes how much memory to fill; empty for all but a twentieth of a GPU's that is
 *     free, and on processors for 256 MiB, or as much as may be had
 */
public record SelfTestPlan(Optional<String> device, OptionalLong memoryBytes) {
  private static final long USUAL_BYTES = 256L << 20;
  private static final int CHECKS = 64;

  boolean includes(String id) {
    return device.isEmpty() || device.get().equals(id);
  }

  /**
   * The proofs for a device.
   *
   * @throws IllegalArgumentException if it has not the memory that was asked for
   */
  List<Proof> proofs(Device tested, ProofBounds bounds) {
    long free = tested.freeMemoryBytes();
    boolean gpu = tested.kind() == Component.Kind.GPU;
    long usual = gpu ? tested.fillBytes() : Math.min(USUAL_BYTES, free / 2);
    long asked = memoryBytes.orElse(Math.min(bounds.maxMemoryBytes(), usual));
    if (asked > free) {
      throw new IllegalArgumentException(
          "the self-test is to fill %d bytes of memory, and %d are free on %s"
              .formatted(asked, free, tested.id()));
    }
    if (gpu) {
      return List.of(
          MemoryFill.covering(asked, 16, CHECKS), Matmul.usual(tested.cores(), 4, CHECKS));
    }
    long labels = Math.max(1024, asked / MemoryFill.LABEL_BYTES / 1024 * 1024);
    return List.of(
        new MemoryFill(labels, 4, CHECKS),
        new Matmul(2048, 4, CHECKS),
        HashChain.usual(tested.threads(), CHECKS / 2));
  }
}
