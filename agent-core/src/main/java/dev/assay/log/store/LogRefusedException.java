package dev.assay.log.store;

import java.io.IOException;

/**
 * The directory cannot be opened as this log: another process has it, it is another log's, or what
 * a checkpoint promised is not there. The message says what to do; trying again alone will not
 * help, and nothing was changed.
 */
public final class LogRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  LogRefusedException(String message) {
    super(message);
  }

  LogRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
