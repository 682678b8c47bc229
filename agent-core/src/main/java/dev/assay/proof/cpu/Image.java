package dev.assay.proof.cpu;

import dev.assay.proof.MemoryFill;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Optional;

/**
 * The labels of a memory-fill in memory outside the heap, in parts that a buffer can hold. A label
 * is eight little-endian 64-bit words. A part has a power of two of labels, at least 4096, so that
 * no {@linkplain FillWorker block} crosses parts.
 */
final class Image implements AutoCloseable {
  /** The words of a label. */
  static final int LABEL_WORDS = MemoryFill.LABEL_BYTES / Long.BYTES;

  private static final int MIN_SHIFT = 12;

  /** 256 MiB: zeroing a part is a step that no interrupt ends. */
  private static final int MAX_SHIFT = 22;

  private final NativeMemory memory = new NativeMemory();
  private final long labels;
  private final int partShift;
  private final int partMask;
  private final LongBuffer[] parts;
  private Optional<Mapping> mapping = Optional.empty();

  /**
   * An image without memory yet: every part is {@linkplain #allocatePart allocated} before use.
   *
   * @param partShift parts have {@code 1 << partShift} labels
   */
  Image(long labels, int partShift) {
    this.labels = labels;
    this.partShift = partShift;
    this.partMask = (1 << partShift) - 1;
    this.parts = new LongBuffer[Math.toIntExact((labels + partMask) >>> partShift)];
  }

  /** A part size with which so many threads share the allocation about evenly. */
  static int partShift(long labels, int threads) {
    int even = Long.SIZE - 1 - Long.numberOfLeadingZeros(labels / (4L * threads) | 1);
    return Math.clamp(even, MIN_SHIFT, MAX_SHIFT);
  }

  int partCount() {
    return parts.length;
  }

  /** Has all memory in one piece, where that can be had. Call it before any part is allocated. */
  void map() {
    mapping = memory.map(labels * MemoryFill.LABEL_BYTES);
  }

  /** The {@code MemorySegment} that holds all labels, where memory is in one piece. */
  Optional<Object> segment() {
    return mapping.map(Mapping::segment);
  }

  /** Takes the memory of a part; several threads may do so at once, each for other parts. */
  void allocatePart(int index) {
    long count = Math.min(1L << partShift, labels - ((long) index << partShift));
    int bytes = Math.toIntExact(count * MemoryFill.LABEL_BYTES);
    long offset = ((long) index << partShift) * MemoryFill.LABEL_BYTES;
    ByteBuffer part =
        mapping.map(all -> all.buffer(offset, bytes)).orElseGet(() -> memory.allocate(bytes));
    parts[index] = part.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
  }

  /** The number of the part in which a label lies. */
  int partIndex(long label) {
    return (int) (label >>> partShift);
  }

  LongBuffer part(int index) {
    return parts[index];
  }

  /** Where in its part the label's first word lies. */
  int at(long label) {
    return ((int) label & partMask) * LABEL_WORDS;
  }

  @Override
  public void close() {
    memory.close();
  }
}
