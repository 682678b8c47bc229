package dev.assay.proof.cpu;

import jdk.incubator.vector.IntVector;

/**
 * Whether this process was started with the module {@code jdk.incubator.vector}, which a Java
 * machine only brings when it is told to ({@code --add-modules}). Without it the same work takes
 * half as long again.
 */
final class VectorModule {
  private static final int MIN_LANES = 8;

  private VectorModule() {}

  static boolean isThere() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
        && Segments.areThere()
        && Width.isWorthIt();
  }

  /** Apart, since it cannot be loaded where the module is missing. */
  private static final class Width {
    static boolean isWorthIt() {
      return IntVector.SPECIES_PREFERRED.length() >= MIN_LANES;
    }
  }
}
