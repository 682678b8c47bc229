package dev.assay.benchmark;

/** A benchmark has no figure on this host; the message says why, and what would change that. */
public final class UnmeasuredException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a clause that can follow "not measured:". */
  public UnmeasuredException(String reason) {
    super(reason);
  }
}
