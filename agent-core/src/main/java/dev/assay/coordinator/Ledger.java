package dev.assay.coordinator;

import dev.assay.crypto.KeyId;
import dev.assay.crypto.SigningKey;
import dev.assay.log.store.LogStore;
import dev.assay.token.SignedToken;
import dev.assay.token.Token;
import dev.assay.token.Tokens;
import java.io.IOException;
import java.util.Arrays;

/**
 * What the coordinator signs and what it was sent, in its own log (tokens.md §2). A token leaves
 * the coordinator only after it is durable there.
 */
record Ledger(SigningKey key, LogStore log) {
  KeyId id() {
    return key.id();
  }

  <T extends Token> SignedToken<T> sign(T token) {
    return Tokens.sign(token, key);
  }

  /** Logs tokens of its own or of a node; they are durable when this returns. */
  void append(SignedToken<?>... tokens) throws IOException {
    log.appendAll(Arrays.stream(tokens).map(token -> token.jws().bytes()).toList());
  }
}
