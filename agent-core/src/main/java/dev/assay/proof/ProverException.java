package dev.assay.proof;

/** A device could not do the work. It says nothing against the device's owner. */
public final class ProverException extends Exception {
  /** What the caller does about it. */
  public enum Remedy {
    /** The same work may succeed later, when the machine is less busy. */
    RETRY,
    /** The same work fails again until someone changes the machine or the parameters. */
    STOP
  }

  private final Remedy remedy;

  /** The message says what happened, where, and what to do. */
  public ProverException(Remedy remedy, String message, Throwable cause) {
    super(message, cause);
    this.remedy = remedy;
  }

  /** Whether to try again. */
  public Remedy remedy() {
    return remedy;
  }
}
