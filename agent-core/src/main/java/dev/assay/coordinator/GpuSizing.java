package dev.assay.coordinator;

import dev.assay.hardware.Datasheets;
import dev.assay.hardware.Device;
import dev.assay.proof.HashChain;
import dev.assay.proof.Matmul;
import dev.assay.proof.MemoryFill;
import dev.assay.proof.Proof;
import java.util.OptionalDouble;

/**
 * How much to ask of a GPU, and how long it may take (proofs.md §2): all of its memory, at the
 * speed that its model's datasheet gives. A model without a datasheet is taken to be no slower than
 * a floor that the slowest supported cards keep, until its class is calibrated.
 */
record GpuSizing(double targetSeconds, Datasheets datasheets) {
  private static final int FILL_PASSES = 16;
  private static final int FILL_CHECKS = 16;

  /** Of the peak bandwidth, what an honest device keeps at random reads of 64 bytes. */
  private static final double SHARE_OF_BANDWIDTH = 0.65;

  /** Bytes that a pass reads and writes of a label, and pass 0 writes. */
  private static final int PASS_BYTES = 320;

  private static final int FIRST_BYTES = 64;

  /** Of the peak of the datasheet, what plain kernels keep on every generation. */
  private static final double SHARE_OF_PEAK = 0.2;

  /** What is usual; a proof is sized for it, the deadline is not. */
  private static final double USUAL_SHARE_OF_PEAK = 0.5;

  private static final double FILL_FLOOR = 30e9;
  private static final double MATMUL_FLOOR_A_MULTIPROCESSOR = 50e9;
  private static final int MATMUL_ROUNDS = 4;
  private static final int MATMUL_CHECKS = 16;
  private static final int LARGEST_PRODUCT = 32_768;
  private static final int MOST_ROUNDS = 64;

  MemoryFill memoryFill(Device device) {
    return MemoryFill.covering(device.fillBytes(), FILL_PASSES, FILL_CHECKS);
  }

  Matmul matmul(Device device, OptionalDouble calibrated) {
    OptionalDouble rate = calibrated.isPresent() ? calibrated : usualRate(device);
    if (rate.isEmpty()) {
      return Matmul.usual(device.cores(), MATMUL_ROUNDS, MATMUL_CHECKS);
    }
    double operations = rate.getAsDouble() * targetSeconds;
    double side = Math.cbrt(operations / (2 * MATMUL_ROUNDS));
    // Two matrices of bytes and the digests, in half of what is free.
    double mostSide = Math.min(LARGEST_PRODUCT, Math.sqrt(device.freeMemoryBytes() / 4.5));
    int n = Math.max(512, (int) Math.min(side, mostSide) / 128 * 128);
    int fitting = (int) Math.min(MOST_ROUNDS, operations / (2.0 * n * n * n));
    int rounds = Math.max(MATMUL_ROUNDS, Integer.highestOneBit(Math.max(1, fitting)));
    return new Matmul(n, rounds, Math.max(MATMUL_CHECKS, rounds));
  }

  /** What an honest device needs at most, without slack and allowances. */
  double seconds(Proof proof, Device device, OptionalDouble calibrated) {
    Datasheets.Sheet sheet = datasheets.of(device.model());
    return switch (proof) {
      case MemoryFill fill -> {
        double touched = ((double) PASS_BYTES * fill.passes() + FIRST_BYTES) * fill.labels();
        yield sheet.memoryBytesPerSecond().isPresent() || calibrated.isEmpty()
            ? touched
                / (SHARE_OF_BANDWIDTH * sheet.memoryBytesPerSecond().orElse((long) FILL_FLOOR))
            : Sizing.work(fill) / calibrated.getAsDouble();
      }
      case Matmul matmul ->
          Sizing.work(matmul)
              / calibrated.orElseGet(
                  () ->
                      sheet.int8OpsPerSecond().isPresent()
                          ? SHARE_OF_PEAK * sheet.int8OpsPerSecond().getAsLong()
                          : MATMUL_FLOOR_A_MULTIPROCESSOR * device.cores());
      case HashChain chain -> throw new IllegalArgumentException(chain.name() + " on a GPU");
    };
  }

  private OptionalDouble usualRate(Device device) {
    return datasheets.of(device.model()).int8OpsPerSecond().stream()
        .mapToDouble(peak -> USUAL_SHARE_OF_PEAK * peak)
        .findFirst();
  }
}
