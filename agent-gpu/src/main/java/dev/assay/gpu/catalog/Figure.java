package dev.assay.gpu.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is known of a model, in SI units and bytes. Rates count a multiply-add as two. */
public enum Figure {
  MULTIPROCESSORS("multiprocessors", 1, 1_000),
  /** The nominal size, 2³⁰ bytes for each "GB" of the model's name. */
  MEMORY_BYTES("memoryBytes", 1L << 30, 1L << 40),
  MEMORY_BUS_BITS("memoryBusBits", 32, 16_384),
  /** The data rate of one pin of the memory. */
  BITS_PER_SECOND_PER_PIN("bitsPerSecondPerPin", 1_000_000_000L, 100_000_000_000L),
  /** Peak of the device's memory, bytes a second. */
  BANDWIDTH("bandwidth", 10_000_000_000L, 100_000_000_000_000L),
  L2_BYTES("l2Bytes", 1 << 18, 1L << 33),
  BOOST_HERTZ("boostHertz", 500_000_000L, 5_000_000_000L),
  FP32_FLOPS("fp32Flops", 100_000_000_000L, 1_000_000_000_000_000L),
  FP64_FLOPS("fp64Flops", 1_000_000_000L, 1_000_000_000_000_000L),
  /** Dense, with sums in 32 bits; bfloat16 runs at the same rate where there is any. */
  FP16_TENSOR_FLOPS("fp16TensorFlops", 1_000_000_000_000L, 100_000_000_000_000_000L),
  /** Dense. */
  INT8_TENSOR_OPS("int8TensorOps", 1_000_000_000_000L, 100_000_000_000_000_000L),
  /** The board's power as it is sold. */
  TDP_WATTS("tdpWatts", 10, 5_000);

  private final String label;
  private final long least;
  private final long most;

  Figure(String label, long least, long most) {
    this.label = label;
    this.least = least;
    this.most = most;
  }

  /** The figure as the catalogue's file writes it. */
  public String label() {
    return label;
  }

  long least() {
    return least;
  }

  long most() {
    return most;
  }

  static Optional<Figure> ofLabel(String label) {
    return Arrays.stream(values()).filter(figure -> figure.label.equals(label)).findFirst();
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(Figure::label).toList();
  }
}
