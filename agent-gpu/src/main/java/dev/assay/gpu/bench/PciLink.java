package dev.assay.gpu.bench;

/**
 * A device's PCI Express link at its best.
 *
 * @param generation 1 to 6
 * @param lanes that it is wide
 */
public record PciLink(long generation, long lanes) {
  /**
   * Bytes a second in one direction, after the line code and before packet headers, of which a copy
   * reaches some nine tenths (PCI Express Base Specification: 2.5, 5, 8, 16, 32, 64 GT/s a lane;
   * 8b/10b up to generation 2, 128b/130b up to 5, 242 of 256 bytes in 6).
   */
  double bytesPerSecond() {
    double lane =
        switch ((int) generation) {
          case 1 -> 2.5e9 * 8 / 10 / 8;
          case 2 -> 5e9 * 8 / 10 / 8;
          case 3 -> 8e9 * 128 / 130 / 8;
          case 4 -> 16e9 * 128 / 130 / 8;
          case 5 -> 32e9 * 128 / 130 / 8;
          default -> 64e9 * 242 / 256 / 8;
        };
    return lane * lanes;
  }

  @Override
  public String toString() {
    return "PCI Express " + generation + ".0 ×" + lanes;
  }
}
