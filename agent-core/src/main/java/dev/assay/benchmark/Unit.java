package dev.assay.benchmark;

/** What a figure counts. */
public enum Unit {
  /** Bytes moved in a second. A copy counts what it reads and what it writes. */
  BYTES_PER_SECOND("bytesPerSecond"),
  /** Arithmetic operations in a second; a multiplication and its addition are two. */
  OPERATIONS_PER_SECOND("operationsPerSecond"),
  /** Hashes of short inputs in a second. */
  HASHES_PER_SECOND("hashesPerSecond"),
  /** Reads or writes of one small block in a second. */
  ACCESSES_PER_SECOND("accessesPerSecond"),
  /** How long one thing takes; the only unit of which less is better. */
  SECONDS("seconds");

  private final String label;

  Unit(String label) {
    this.label = label;
  }

  /** The unit as JSON members are called that hold it. */
  public String label() {
    return label;
  }

  /** Whether the greater figure is the better one. */
  public boolean moreIsBetter() {
    return this != SECONDS;
  }

  /** The figure of {@code amount} of work that took {@code nanos}. */
  double of(double amount, long nanos) {
    double seconds = Math.max(1, nanos) / 1e9;
    return moreIsBetter() ? amount / seconds : seconds / amount;
  }
}
