package dev.assay.coordinator;

import dev.assay.token.SignedToken;
import dev.assay.wire.Fault;
import dev.assay.wire.Limits;

/** Errors that nodes are answered with, whatever is in their sentences. */
final class Faults {
  private Faults() {}

  static Fault of(String code, String sentence) {
    return new Fault(code, fitting(sentence));
  }

  /** One that concerns a job, by its id. */
  static Fault of(String code, String sentence, String about) {
    return new Fault(code, fitting(sentence), about);
  }

  /** A token that is understood and not taken. */
  static Fault refused(SignedToken<?> token, String reason) {
    return new Fault(
        Fault.REFUSED, fitting(token.token().typ() + ": " + reason), token.digest().base64Url());
  }

  /** What a message or a token can carry of a sentence. */
  static String fitting(String sentence) {
    String printable = sentence.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    return printable.length() <= Limits.SENTENCE_LENGTH
        ? printable
        : printable.substring(0, Limits.SENTENCE_LENGTH - 3) + "...";
  }
}
