package dev.assay.coordinator;

import dev.assay.crypto.KeyId;
import dev.assay.crypto.SigningKey;
import dev.assay.log.store.LogStore;
import dev.assay.token.SignedToken;
import dev.assay.token.Token;
import dev.assay.token.Tokens;
import java.io.IOException;

/**
 * What the coordinator signs and what it was sent, in its own log (tokens.md §2). A token leaves
 * the coordinator only after it is durable there.
 */
record Ledger(SigningKey key, LogStore log) {
  KeyId id() {
    return key.id();
  }

  /** Signs a token and logs it. */
  <T extends Token> SignedToken<T> issue(T token) throws IOException {
    SignedToken<T> signed = Tokens.sign(token, key);
    log.append(signed.jws().bytes());
    return signed;
  }

  /** Logs a token that a node sent. */
  void keep(SignedToken<?> token) throws IOException {
    log.append(token.jws().bytes());
  }
}
