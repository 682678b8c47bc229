package dev.assay.wire;

import java.io.IOException;

/** The coordinator does not enrol the node; the message is its sentence. Get a new join token. */
public final class EnrolmentRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  EnrolmentRefusedException(String sentence) {
    super(sentence);
  }
}
