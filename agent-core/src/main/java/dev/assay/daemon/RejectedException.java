package dev.assay.daemon;

import dev.assay.wire.Fault;

/** A message that is answered with an error and changes nothing. */
final class RejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * Rejects a message.
   *
   * @param code one of {@link Fault}'s
   */
  RejectedException(String code, String sentence) {
    super(sentence);
    this.code = code;
  }

  /** It is not what it should be at all. */
  static RejectedException malformed(IllegalArgumentException cause) {
    return new RejectedException(Fault.MALFORMED, cause.getMessage());
  }

  /** It is understood, and not acted on. */
  static RejectedException refused(String sentence) {
    return new RejectedException(Fault.REFUSED, sentence);
  }

  /** It has no place at this point. */
  static RejectedException outOfOrder(String sentence) {
    return new RejectedException(Fault.OUT_OF_ORDER, sentence);
  }

  /** As it is answered; {@code about} names the message's type. */
  Fault fault(String about) {
    return Faults.of(code, getMessage(), about);
  }
}
