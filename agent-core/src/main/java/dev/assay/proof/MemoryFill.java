package dev.assay.proof;

/**
 * Capacity and bandwidth: an image of {@code labels} × 64 bytes, written and read at random {@code
 * passes} times over (proofs.md §2).
 */
public record MemoryFill(long labels, int passes, int checks) implements Proof {
  /** The size of a label. */
  public static final int LABEL_BYTES = 64;

  /** The image is cut into this many segments, updated one after the other. */
  public static final int SEGMENTS = 64;

  private static final String NAME = "memory-fill";
  private static final long MAX_LABELS = 1L << 36;

  /** Refuses parameters outside the specification with a {@link ProofException}. */
  public MemoryFill {
    Ranges.within(NAME, "labels", labels, 1024, MAX_LABELS);
    Ranges.multiple(NAME, "labels", labels, "1024", 1024);
    Ranges.within(NAME, "passes", passes, 1, 64);
    Ranges.within(NAME, "checks", checks, 1, MAX_CHECKS);
    Ranges.multiple(NAME, "checks", checks, "passes", passes);
  }

  /** The smallest image of at least so many bytes, within the range. */
  public static MemoryFill covering(long bytes, int passes, int checks) {
    long step = 1024L * LABEL_BYTES;
    long labels = (bytes + step - 1) / step * 1024;
    return new MemoryFill(Math.clamp(labels, 1024, MAX_LABELS), passes, checks);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String parameters() {
    return NAME + "/" + labels + "/" + passes + "/" + checks;
  }

  @Override
  public int rootCount() {
    return passes + 1;
  }

  @Override
  public int chunksPerCheck() {
    return 5;
  }

  @Override
  public long arrayBytes() {
    return labels * LABEL_BYTES;
  }

  /** How many labels a segment has. */
  public long segmentLabels() {
    return labels / SEGMENTS;
  }
}
