package dev.assay.wire;

import java.io.IOException;

/**
 * The session ended before the message left. Send it again in the next one, if it still matters.
 */
public final class SessionClosedException extends IOException {
  private static final long serialVersionUID = 1L;

  SessionClosedException(String sentence) {
    super(sentence);
  }
}
