package dev.assay.audit;

import dev.assay.crypto.PublicKey;
import dev.assay.token.ParsedToken;
import dev.assay.token.TokenException;
import dev.assay.token.Tokens;
import java.util.Optional;

/**
 * One entry as the auditor reads it: a token and the standing of its signature, or why it is none.
 */
sealed interface LogEntry {
  /** Its index in the log. */
  long index();

  /** A token whose signature holds. */
  record Signed(long index, ParsedToken token) implements LogEntry {}

  /** A token by a key that the auditor was not given. */
  record UnknownSigner(long index, ParsedToken token) implements LogEntry {}

  /** No token, or one whose signature does not hold. */
  record Bad(long index, String problem) implements LogEntry {}

  /** Reads an entry and checks its signature: the costly part, which depends on no other entry. */
  static LogEntry read(long index, byte[] bytes, KeyRing keys) {
    try {
      ParsedToken token = Tokens.parse(bytes);
      Optional<PublicKey> key = keys.key(token.jws().kid());
      if (key.isEmpty()) {
        return new UnknownSigner(index, token);
      }
      return token.jws().verifiedBy(key.get())
          ? new Signed(index, token)
          : new Bad(index, "the signature of " + token.jws().kid() + " does not hold");
    } catch (TokenException e) {
      return new Bad(index, "not a token: " + e.getMessage());
    }
  }
}
