package dev.assay.proof;

/** The key of one pass of memory-fill and the rules that follow from it (proofs.md §2). */
public final class FillKey {
  /** How many other labels a label is mixed with. */
  public static final int PARENTS = 3;

  private final Hash32 value;
  private final long multiplier;
  private final long addend;

  private FillKey(Hash32 value) {
    this.value = value;
    this.multiplier = value.longWord(0) | 1;
    this.addend = value.longWord(1);
  }

  static FillKey of(Hash32 value) {
    return new FillKey(value);
  }

  /** The key of pass 0. */
  public static FillKey first(DeviceSeed seed) {
    return new FillKey(Context.MEMORY_KEY.derive(seed.value().bytes()));
  }

  /** The key of the pass after this one, whose image has the root. */
  public FillKey next(Hash32 root) {
    return new FillKey(Context.MEMORY_KEY.derive(value.bytes(), root.bytes()));
  }

  /** The key itself. */
  public Hash32 value() {
    return value;
  }

  /**
   * The index of parent {@code j} (1 to 3) of label {@code i}.
   *
   * @param labels how many the image has
   * @param afterSegment the index of the first label after i's segment
   * @param words the 32-bit words 2j−2 (low half) and 2j−1 of the label before this pass
   */
  public long parent(long labels, long afterSegment, long i, int j, long words) {
    long outside = labels - labels / MemoryFill.SEGMENTS;
    long mixed = multiplier * words + addend * (3 * i + j);
    long parent = afterSegment + Math.unsignedMultiplyHigh(mixed, outside);
    // Without a branch, which would be taken at random.
    return parent - (labels & ~((parent - labels) >> (Long.SIZE - 1)));
  }

  /** As {@link #parent(long, long, long, int, long)}, for one label alone. */
  public long parent(MemoryFill proof, long i, int j, long words) {
    long segment = i / proof.segmentLabels();
    return parent(proof.labels(), (segment + 1) * proof.segmentLabels(), i, j, words);
  }

  /** The output of the label's compression for 64 bytes of input. */
  byte[] label(long i, byte[] input) {
    return Blake3.keyedHash(value, input, i * MemoryFill.LABEL_BYTES, MemoryFill.LABEL_BYTES);
  }
}
