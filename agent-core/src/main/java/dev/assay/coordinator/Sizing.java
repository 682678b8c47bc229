package dev.assay.coordinator;

import dev.assay.hardware.Component;
import dev.assay.hardware.Datasheets;
import dev.assay.hardware.Device;
import dev.assay.proof.HashChain;
import dev.assay.proof.Matmul;
import dev.assay.proof.MemoryFill;
import dev.assay.proof.Proof;
import java.util.OptionalDouble;

/**
 * How much to ask of a device, and for how long to wait (proofs.md §2 to §4).
 *
 * <p>A class of devices is calibrated by a proof on a machine that the coordinator's operator
 * trusts. Until then its speed is taken to be no less than a floor that slow and busy processors
 * still reach, so that an honest node never fails for want of a calibration; such a deadline says
 * little about speed, but the witnessed time still does.
 *
 * @param targetSeconds how long a proof should take at the speed that is expected
 * @param roundTripMs allowance for the network, both ways
 * @param datasheets the speeds of GPUs
 */
record Sizing(double targetSeconds, long roundTripMs, Datasheets datasheets) {
  /**
   * What one hardware thread of a slow and busy processor does: image bytes, 8-bit operations,
   * hashes, each per second.
   */
  private static final double FILL_FLOOR = 15e6;

  private static final double MATMUL_FLOOR = 1e9;
  private static final double HASH_FLOOR = 250e3;

  /** A usual processor does so many times the floor: proofs are sized for that. */
  private static final int USUAL = 16;

  private static final int FILL_PASSES = 4;
  private static final int FILL_CHECKS = 16;
  private static final int MATMUL_CHECKS = 16;
  private static final int CHAIN_CHECKS = 32;
  private static final double SLACK = 1.5;
  private static final long ALLOWANCE_MS = 500;
  private static final double SHARE_OF_FREE = 0.95;
  private static final int CACHES = 32;
  private static final int LABEL = 64;

  /** The class that a calibration holds for. */
  static String deviceClass(Device device, String proof) {
    return proof + " on " + device.model() + " with " + device.threads() + " threads";
  }

  /** Work of a proof in the unit that its speed is counted in. */
  static double work(Proof proof) {
    return switch (proof) {
      case MemoryFill fill -> (double) LABEL * fill.labels() * (fill.passes() + 1);
      case Matmul matmul -> 2.0 * matmul.n() * matmul.n() * matmul.n() * matmul.rounds();
      case HashChain chain -> (double) chain.workers() * chain.segments() * chain.steps();
    };
  }

  /** The deadline for a proof on a device of which a calibration may be known. */
  long deadlineMs(Proof proof, Device device, OptionalDouble calibrated) {
    double seconds =
        isGpu(device)
            ? gpu().seconds(proof, device, calibrated)
            : work(proof) / calibrated.orElse(floor(proof, device.threads()));
    return ALLOWANCE_MS + roundTripMs + (long) Math.ceil(1000 * SLACK * seconds);
  }

  /**
   * Of processors at least 32 times the last-level cache, as much more as the time allows, at most
   * 0.95 of what is free; of a GPU always that.
   */
  MemoryFill memoryFill(Device device, OptionalDouble calibrated) {
    if (isGpu(device)) {
      return gpu().memoryFill(device);
    }
    double rate = calibrated.orElse(USUAL * floor(FILL_FLOOR, device.threads()));
    double byTime = rate * targetSeconds / (FILL_PASSES + 1);
    double wanted = Math.max(byTime, (double) CACHES * device.lastLevelCacheBytes());
    double bytes = Math.min(wanted, SHARE_OF_FREE * device.freeMemoryBytes());
    long labels = Math.max(1024, (long) bytes / LABEL / 1024 * 1024);
    return new MemoryFill(Math.min(labels, 1L << 36), FILL_PASSES, FILL_CHECKS);
  }

  Matmul matmul(Device device, OptionalDouble calibrated) {
    if (isGpu(device)) {
      return gpu().matmul(device, calibrated);
    }
    double rate = calibrated.orElse(USUAL * floor(MATMUL_FLOOR, device.threads()));
    int rounds = 2;
    double n = Math.cbrt(rate * targetSeconds / (2.0 * rounds));
    return new Matmul(Math.clamp((long) n / 128 * 128, 512, 16_384), rounds, MATMUL_CHECKS);
  }

  HashChain hashChain(Device device) {
    return HashChain.usual(device.threads(), CHAIN_CHECKS);
  }

  static boolean isGpu(Device device) {
    return device.kind() == Component.Kind.GPU;
  }

  private GpuSizing gpu() {
    return new GpuSizing(targetSeconds, datasheets);
  }

  private static double floor(Proof proof, int threads) {
    return switch (proof) {
      case MemoryFill fill -> floor(FILL_FLOOR, threads);
      case Matmul matmul -> floor(MATMUL_FLOOR, threads);
      // Every worker has a thread of its own only where there are as many.
      case HashChain chain -> HASH_FLOOR * Math.min(threads, chain.workers());
    };
  }

  /** Memory and power are shared: many threads do not reach as many times the speed of one. */
  private static double floor(double ofOne, int threads) {
    return ofOne * Math.min(threads, 16);
  }
}
