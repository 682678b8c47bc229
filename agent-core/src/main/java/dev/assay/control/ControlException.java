package dev.assay.control;

import java.io.IOException;

/** A request was understood and not carried out; the message is one sentence for a person. */
public final class ControlException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  /**
   * Refuses a request.
   *
   * @param status the HTTP status, from 400 to 599
   * @param code a word for programs, such as {@code not-found}
   */
  public ControlException(int status, String code, String sentence) {
    super(sentence);
    this.status = status;
    this.code = code;
  }

  /** What was asked for is not there: status 404. */
  public static ControlException notFound(String sentence) {
    return new ControlException(404, "not-found", sentence);
  }

  /** It cannot be done as things stand: status 409. */
  public static ControlException conflict(String sentence) {
    return new ControlException(409, "conflict", sentence);
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The word for programs. */
  public String code() {
    return code;
  }
}
