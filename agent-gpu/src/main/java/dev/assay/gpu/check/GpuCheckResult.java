package dev.assay.gpu.check;

import dev.assay.benchmark.DeviceResult;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a check found.
 *
 * @param model as the driver calls it
 * @param driver the newest CUDA that it runs
 * @param agreements kernels and proofs that were held against the processors or verified
 * @param memoryFill over all of the memory, if it came to its end
 * @param matmul likewise
 * @param variants of the kernel that multiplies
 * @param library NVIDIA's own product, or why it is not here
 * @param peak published int8 operations a second of the model, if known
 */
public record GpuCheckResult(
    String device,
    String model,
    String driver,
    long memoryBytes,
    List<Agreement> agreements,
    Optional<ProofTimes> memoryFill,
    Optional<ProofTimes> matmul,
    List<Rate> variants,
    Library library,
    OptionalDouble peak,
    DeviceResult benchmarks) {
  public GpuCheckResult {
    agreements = List.copyOf(agreements);
    variants = List.copyOf(variants);
  }

  /** Whether everything agreed. */
  public boolean holds() {
    return agreements.stream().allMatch(agreement -> agreement.fault().isEmpty());
  }

  /** Something that must be bit for bit what the processors or the verifier say. */
  public record Agreement(String what, Optional<String> fault) {}

  /**
   * One proof at full size.
   *
   * @param work what was done of it, in bytes or operations
   */
  public record ProofTimes(
      String parameters,
      long arrayBytes,
      double work,
      double commitSeconds,
      double openSeconds,
      double verifySeconds) {
    /** Work a second. */
    public double rate() {
      return work / commitSeconds;
    }
  }

  /** Operations a second of one way to multiply. */
  public record Rate(String name, double operationsPerSecond) {}

  /** NVIDIA's library for products. */
  public sealed interface Library {
    /** It multiplied the same matrices. */
    record Measured(Rate rate) implements Library {}

    /** It is not on this machine, or refused. */
    record NotAtHand(String reason) implements Library {}
  }
}
