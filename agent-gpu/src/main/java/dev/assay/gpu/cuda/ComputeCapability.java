package dev.assay.gpu.cuda;

/** A device's generation, as in 8.0, which decides what kernels it runs. */
public record ComputeCapability(int major, int minor) implements Comparable<ComputeCapability> {
  /** Volta: the oldest for which there are kernels. */
  public static final ComputeCapability OLDEST = new ComputeCapability(7, 0);

  /** As PTX targets count it: 80 for 8.0, 120 for 12.0. */
  public int number() {
    return 10 * major + minor;
  }

  @Override
  public int compareTo(ComputeCapability other) {
    return Integer.compare(number(), other.number());
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
