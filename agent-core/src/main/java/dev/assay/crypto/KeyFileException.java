package dev.assay.crypto;

import java.io.IOException;

/**
 * A key file that cannot be used as it is. The message is one sentence: which file, what is wrong
 * and what its owner should do.
 */
public final class KeyFileException extends IOException {
  private static final long serialVersionUID = 1L;

  KeyFileException(String message) {
    super(message);
  }

  KeyFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
