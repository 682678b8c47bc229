package dev.assay.runtime.container;

/**
 * How far an image has come.
 *
 * @param bytes of its layers, compressed
 * @param total of the layers that are known so far; 0 while none is
 */
record PullProgress(long bytes, long total, int layers, int totalLayers) {
  private static final double MIB = 1 << 20;

  @Override
  public String toString() {
    return "pulling: %.1f of %.1f MiB, %d of %d layers"
        .formatted(bytes / MIB, total / MIB, layers, totalLayers);
  }
}
