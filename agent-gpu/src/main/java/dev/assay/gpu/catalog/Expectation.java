package dev.assay.gpu.catalog;

/**
 * Which share of a published figure a sound device reaches in our measurements, and how far it may
 * be off. docs/gpu.md says where the constants come from.
 *
 * @param share the usual share
 * @param below by which factor, as a natural logarithm, one deviation downwards is: a device may be
 *     shared, throttled or limited in power by its owner
 * @param above likewise upwards: nothing makes a device faster than itself
 */
record Expectation(double share, double below, double above) {
  /** More deviations than this are not believed. */
  static final double LIMIT = 3;

  static Expectation of(Figure figure, boolean proven) {
    return switch (figure) {
      case MEMORY_BYTES -> new Expectation(0.95, 0.06, 0.02);
      case BANDWIDTH ->
          proven ? new Expectation(0.70, 0.15, 0.13) : new Expectation(0.90, 0.08, 0.05);
      case INT8_TENSOR_OPS -> new Expectation(0.70, 0.20, 0.13);
      case FP16_TENSOR_FLOPS -> new Expectation(0.75, 0.20, 0.11);
      case FP32_FLOPS, FP64_FLOPS -> new Expectation(0.95, 0.10, 0.05);
      case BOOST_HERTZ -> new Expectation(1.0, 0.10, 0.05);
      case MULTIPROCESSORS, MEMORY_BUS_BITS, BITS_PER_SECOND_PER_PIN, L2_BYTES, TDP_WATTS ->
          new Expectation(1.0, 0.02, 0.02);
    };
  }

  /** How many deviations a measurement is away from what is usual; below zero if it is slower. */
  double deviations(long measured, long published) {
    double distance = Math.log((double) measured / published / share);
    return distance / (distance < 0 ? below : above);
  }
}
