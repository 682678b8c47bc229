package dev.assay.log.store;

import java.io.IOException;

/**
 * Nothing was written that counts, and the log is as it was before: the caller may repeat the
 * append once the reason, such as a full disk, is gone.
 */
public final class AppendFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  AppendFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
