package dev.assay.coordinator;

import dev.assay.crypto.PublicKey;
import dev.assay.token.ProofChain;
import java.util.Optional;
import java.util.concurrent.Future;

/** A proof under way. Whoever touches it holds its monitor. */
final class OpenProof {
  private final String id;
  private final PublicKey node;
  private final Optional<String> calibrates;
  private ProofChain chain;
  private long issuedNanos;
  private Optional<BlobFetch> fetch = Optional.empty();
  private Optional<Future<?>> timer = Optional.empty();
  private boolean ended;

  /**
   * A proof that begins.
   *
   * @param calibrates the class of devices whose speed it will set, if it does
   */
  OpenProof(String id, PublicKey node, ProofChain chain, Optional<String> calibrates) {
    this.id = id;
    this.node = node;
    this.chain = chain;
    this.calibrates = calibrates;
  }

  String id() {
    return id;
  }

  PublicKey node() {
    return node;
  }

  Optional<String> calibrates() {
    return calibrates;
  }

  ProofChain chain() {
    return chain;
  }

  void chain(ProofChain longer) {
    chain = longer;
  }

  /** The monotonic time at which the challenge was sent. */
  long issuedNanos() {
    return issuedNanos;
  }

  void issuedNanos(long nanos) {
    issuedNanos = nanos;
  }

  Optional<BlobFetch> fetch() {
    return fetch;
  }

  void fetch(BlobFetch begun) {
    fetch = Optional.of(begun);
  }

  /** Replaces the timer that ends the proof's present wait. */
  void timer(Future<?> next) {
    timer.ifPresent(before -> before.cancel(false));
    timer = Optional.of(next);
  }

  boolean ended() {
    return ended;
  }

  void end() {
    ended = true;
    timer.ifPresent(last -> last.cancel(false));
  }
}
