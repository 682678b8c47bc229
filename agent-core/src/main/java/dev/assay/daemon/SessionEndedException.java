package dev.assay.daemon;

import java.io.IOException;

/** A message did not leave, because no session stands any more. */
final class SessionEndedException extends IOException {
  private static final long serialVersionUID = 1L;

  SessionEndedException(Throwable cause) {
    super("the session ended", cause);
  }
}
