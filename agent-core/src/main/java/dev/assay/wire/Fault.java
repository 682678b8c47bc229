package dev.assay.wire;

import java.util.Optional;

/**
 * The message {@code error}, in either direction: something that the other side sent cannot be
 * acted on. It is an answer, not an end; where the connection ends too, a close code says so.
 *
 * @param code a word for programs, such as {@code unknown-type}
 * @param message one sentence for a person
 * @param about what it concerns: a message's type, a token's digest or a job's id
 */
public record Fault(String code, String message, Optional<String> about)
    implements FromNode, FromCoordinator {
  /** The message's type is unknown here. */
  public static final String UNKNOWN_TYPE = "unknown-type";

  /** The message is not strict JSON, or a field breaks its bounds. */
  public static final String MALFORMED = "malformed";

  /** The message is known, but has no place at this point of the session. */
  public static final String OUT_OF_ORDER = "out-of-order";

  /** What was asked for is not here. */
  public static final String NOT_FOUND = "not-found";

  /** The node's key is not enrolled here. */
  public static final String NOT_ENROLLED = "not-enrolled";

  /** The join token's secret is unknown, used or expired. */
  public static final String ENROLMENT_REFUSED = "enrolment-refused";

  /** The request is understood and refused; the message says why. */
  public static final String REFUSED = "refused";

  /** The receiver failed; the sender may try again later. */
  public static final String INTERNAL = "internal";

  /** Characters of {@code about}. */
  static final int ABOUT_LENGTH = 256;

  /** Checks each value. */
  public Fault {
    Check.word("error.code", code);
    Check.sentence("error.message", message);
    about.ifPresent(value -> Check.text("error.about", value, 1, ABOUT_LENGTH));
  }

  /** A fault that concerns {@code about}. */
  public Fault(String code, String message, String about) {
    this(code, message, Optional.of(about));
  }

  /** A fault that concerns nothing in particular. */
  public Fault(String code, String message) {
    this(code, message, Optional.empty());
  }
}
