package dev.assay.token;

/**
 * A token that cannot be accepted as what it claims to be. The message is one sentence that names
 * the place; asking again with the same bytes fails again.
 */
public final class TokenException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  TokenException(String message) {
    super(message);
  }

  TokenException(String message, Throwable cause) {
    super(message, cause);
  }
}
