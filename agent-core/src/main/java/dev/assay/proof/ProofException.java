package dev.assay.proof;

/** A proof that cannot be asked for as it stands; the caller changes the parameters. */
public final class ProofException extends IllegalArgumentException {
  /** The message says which parameter, what is wrong with it, and what it may be. */
  public ProofException(String message) {
    super(message);
  }
}
