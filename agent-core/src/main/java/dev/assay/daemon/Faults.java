package dev.assay.daemon;

import dev.assay.wire.Fault;
import dev.assay.wire.Limits;

/** Errors with a sentence of any length, cut to what a message carries. */
final class Faults {
  private Faults() {}

  static Fault of(String code, String sentence, String about) {
    String fitting =
        sentence.length() <= Limits.SENTENCE_LENGTH
            ? sentence
            : sentence.substring(0, Limits.SENTENCE_LENGTH);
    return new Fault(code, fitting, about);
  }
}
