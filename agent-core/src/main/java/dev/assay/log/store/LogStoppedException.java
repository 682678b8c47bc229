package dev.assay.log.store;

import java.io.IOException;

/**
 * The log takes no more appends: it was closed, or the disk did not say whether the last checkpoint
 * is durable. Opening the directory again finds out; until then nothing more is signed.
 */
public final class LogStoppedException extends IOException {
  private static final long serialVersionUID = 1L;

  LogStoppedException(String message) {
    super(message);
  }

  LogStoppedException(String message, Throwable cause) {
    super(message, cause);
  }
}
