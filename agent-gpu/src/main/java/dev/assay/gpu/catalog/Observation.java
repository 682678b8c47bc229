package dev.assay.gpu.catalog;

/**
 * What was measured of a device.
 *
 * @param proven whether a verifier saw it done within its own time; else the device's host says so
 */
public record Observation(Figure figure, long value, boolean proven) {
  public Observation {
    if (value <= 0) {
      throw new IllegalArgumentException(
          "The " + figure.label() + " of an observation is " + value + ", which is not above 0.");
    }
  }
}
