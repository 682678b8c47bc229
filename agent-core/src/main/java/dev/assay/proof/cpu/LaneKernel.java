package dev.assay.proof.cpu;

import dev.assay.proof.MemoryFill;
import java.util.Optional;

/**
 * The steps that decide how fast an image is filled and hashed, on the rows that {@link Lanes}
 * describes. Labels that are moved stand 16 apart, one of each chunk, all in one part of the image.
 * One thread at a time.
 */
interface LaneKernel {
  /** How far apart the labels of neighbouring lanes are. */
  int LANE_LABELS = FillWorker.CHUNK_LABELS;

  /** The same in bytes. */
  int LANE_BYTES = LANE_LABELS * MemoryFill.LABEL_BYTES;

  /** The fastest that this Java process can run on the image, whose memory is allocated. */
  static LaneKernel of(Image image) {
    Optional<Object> segment = VectorModule.isThere() ? image.segment() : Optional.empty();
    return segment.isPresent() ? new VectorKernel(segment.get()) : new PlainKernel(image);
  }

  /**
   * Compresses the messages under one chaining value and leaves all 16 output words in their place.
   *
   * @param counter of lane 0; the next lanes' are 16 apart, and all have the same upper half
   */
  void compressLabels(int[] rows, int[] cv, long counter, int flags);

  /**
   * Compresses the messages under the chaining values in rows 0 to 7, and leaves the next chaining
   * values in rows 32 to 39. The messages are lost.
   *
   * @param counter of lane 0; the next lanes' are {@code step} apart, and all have the same upper
   *     half
   */
  void compressChaining(int[] rows, long counter, int step, int flags);

  /** Sets the messages of {@code count} lanes to the labels. */
  void load(int[] rows, int lane, long label, int count);

  /**
   * Sets the messages of {@code count} lanes to their labels XOR their parents.
   *
   * @param parents where they begin in the image, in bytes, three a label
   */
  void loadMixed(int[] rows, int lane, long label, long[] parents, int count);

  /** Writes the messages of {@code count} lanes as the labels. */
  void store(int[] rows, int lane, long label, int count);
}
