package dev.assay.log;

/**
 * Bytes that are not what the log's formats allow, or a proof that does not hold together. The
 * message is one sentence that says what is wrong with which part; reading the same bytes again
 * will not help.
 */
public final class LogFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** A fault of the input, told in one sentence. */
  public LogFormatException(String message) {
    super(message);
  }
}
