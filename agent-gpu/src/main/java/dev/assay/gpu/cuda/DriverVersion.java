package dev.assay.gpu.cuda;

/**
 * The newest CUDA that a driver supports, as the driver counts it: 12040 is 12.4.
 *
 * @param number 1000 × major + 10 × minor
 */
public record DriverVersion(int number) implements Comparable<DriverVersion> {
  /** CUDA 12.0, driver 525: what the kernels are built for. */
  public static final DriverVersion OLDEST = new DriverVersion(12_000);

  @Override
  public int compareTo(DriverVersion other) {
    return Integer.compare(number, other.number);
  }

  @Override
  public String toString() {
    return number / 1000 + "." + number % 1000 / 10;
  }
}
