package dev.assay.daemon;

import dev.assay.hardware.Device;
import dev.assay.proof.HashChain;
import dev.assay.proof.Matmul;
import dev.assay.proof.MemoryFill;
import dev.assay.proof.Proof;
import java.util.List;
import java.util.Optional;

/** The proofs of a self-test, one of each kind, sized for a few seconds on an ordinary host. */
final class SelfTestPlan {
  private static final long LEAST_BYTES = 256L << 20;
  private static final int CACHES = 32;
  private static final int CHECKS = 64;

  private SelfTestPlan() {}

  /** As much memory as {@link ProofBounds} and half of what is free allow, up to what it takes. */
  static List<Proof> of(Optional<Device> device, ProofBounds bounds) {
    long free = device.map(Device::freeMemoryBytes).orElse(2 * LEAST_BYTES);
    long wanted =
        Math.max(LEAST_BYTES, CACHES * device.map(Device::lastLevelCacheBytes).orElse(0L));
    long bytes = Math.min(wanted, Math.min(bounds.maxMemoryBytes(), free / 2));
    long labels = Math.max(1024, bytes / MemoryFill.LABEL_BYTES / 1024 * 1024);
    int threads =
        Math.min(
            4096, device.map(Device::threads).orElse(Runtime.getRuntime().availableProcessors()));
    return List.of(
        new HashChain(threads, 16, 500_000, CHECKS / 2),
        new MemoryFill(labels, 4, CHECKS),
        new Matmul(1024, 8, CHECKS));
  }
}
