package dev.assay.proof;

/**
 * The image of a memory-fill as it stands after a pass.
 *
 * @param <X> what reading it can end with
 */
public interface FilledImage<X extends Exception> {
  /** Its BLAKE3 hash. */
  Hash32 root();

  /** The chunk in which a label lies, and its path to the root. */
  OpenedChunk open(long label) throws X, InterruptedException;

  /** 64-bit word {@code word} of 8 of the label. */
  long word(long label, int word) throws X, InterruptedException;
}
