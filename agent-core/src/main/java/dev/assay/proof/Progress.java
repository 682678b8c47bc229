package dev.assay.proof;

/** Told now and then how far a proof is. It is called on the thread that asked for the proof. */
@FunctionalInterface
public interface Progress {
  /** Tells nobody. */
  Progress NONE = (done, total) -> {};

  /** {@code done} of {@code total} parts of the work are done; the parts are about equally long. */
  void at(long done, long total);
}
