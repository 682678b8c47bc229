package dev.assay.coordinator;

import dev.assay.token.ProofChain;
import java.util.Optional;

/** A proof under way. Whoever reads or changes what changes in it holds its monitor. */
final class OpenProof {
  private final String id;
  private final Optional<String> calibrates;
  private ProofChain chain;
  private long issuedAtMs;
  private long issuedNanos;
  private long sentNanos;
  private Optional<BlobFetch> fetch = Optional.empty();
  private Optional<Timers.Timer> timer = Optional.empty();
  private boolean ended;

  /**
   * A proof that begins.
   *
   * @param calibrates the class of devices whose speed it will set, if it does
   */
  OpenProof(String id, ProofChain chain, Optional<String> calibrates) {
    this.id = id;
    this.chain = chain;
    this.calibrates = calibrates;
  }

  String id() {
    return id;
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

  /** Notes the moment that the challenge bears as its time, by the wall clock and the other one. */
  void issued(long wallMs, long nanos) {
    issuedAtMs = wallMs;
    issuedNanos = nanos;
  }

  /** Milliseconds since 1970. */
  long issuedAtMs() {
    return issuedAtMs;
  }

  long issuedNanos() {
    return issuedNanos;
  }

  /** The monotonic time at which the challenge was sent. */
  long sentNanos() {
    return sentNanos;
  }

  void sentNanos(long nanos) {
    sentNanos = nanos;
  }

  /** The opening's bytes, as far as they have come. */
  Optional<BlobFetch> fetch() {
    return fetch;
  }

  void fetch(BlobFetch begun) {
    fetch = Optional.of(begun);
  }

  /** Replaces the timer that ends the proof's present wait. */
  void timer(Timers.Timer next) {
    stopTimer();
    timer = Optional.of(next);
  }

  void stopTimer() {
    timer.ifPresent(Timers.Timer::cancel);
    timer = Optional.empty();
  }

  boolean ended() {
    return ended;
  }

  void end() {
    ended = true;
    stopTimer();
  }
}
