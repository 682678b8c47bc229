package dev.assay.daemon;

import dev.assay.crypto.SigningKey;
import dev.assay.log.store.LogStoppedException;
import dev.assay.log.store.LogStore;
import dev.assay.token.SignedToken;
import dev.assay.token.Token;
import dev.assay.token.Tokens;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** The node's log and the key that signs what the node adds to it. */
final class NodeLog {
  private final LogStore store;
  private final SigningKey key;
  private final Runnable grown;
  private final Consumer<IOException> broken;

  /**
   * Appends to {@code store}.
   *
   * @param grown called after every append
   * @param broken called when the log takes no more appends and the agent has to start anew
   */
  NodeLog(LogStore store, SigningKey key, Runnable grown, Consumer<IOException> broken) {
    this.store = store;
    this.key = key;
    this.grown = grown;
    this.broken = broken;
  }

  LogStore store() {
    return store;
  }

  SigningKey key() {
    return key;
  }

  /** Signs a token of the node's own; it is not in the log yet. */
  <T extends Token> SignedToken<T> sign(T token) {
    return Tokens.sign(token, key);
  }

  /** Adds tokens one after the other, all or none; they are durable when this returns. */
  void append(SignedToken<?>... tokens) throws IOException {
    List<byte[]> entries = Arrays.stream(tokens).map(token -> token.jws().bytes()).toList();
    try {
      store.appendAll(entries);
    } catch (LogStoppedException e) {
      broken.accept(e);
      throw e;
    }
    grown.run();
  }
}
