package dev.assay.token;

import java.util.Optional;

/** Keeps the first rule that a token breaks; a token that is there already breaks none. */
final class Findings {
  private final SignedToken<?> next;
  private Optional<ChainFault> first = Optional.empty();
  private boolean known;

  Findings(SignedToken<?> next) {
    this.next = next;
  }

  Findings elsewhere(boolean holds, String reason) {
    return note(holds, ChainFault.Kind.ELSEWHERE, reason, Optional.empty());
  }

  Findings wrong(boolean holds, String reason) {
    return note(holds, ChainFault.Kind.WRONG, reason, Optional.empty());
  }

  Findings order(boolean holds, String reason) {
    return note(holds, ChainFault.Kind.OUT_OF_ORDER, reason, Optional.empty());
  }

  /** There is one such token for one challenge, ever: another is evidence against its signer. */
  Findings only(Optional<? extends SignedToken<?>> earlier, String reason) {
    return instead(earlier, ChainFault.Kind.CONTRADICTION, reason, earlier.map(token -> token));
  }

  /** There may be another such token, signed again after a restart, but it adds nothing. */
  Findings repeats(Optional<? extends SignedToken<?>> earlier, String reason) {
    return instead(earlier, ChainFault.Kind.OUT_OF_ORDER, reason, Optional.empty());
  }

  Optional<ChainFault> fault() {
    return first;
  }

  private Findings instead(
      Optional<? extends SignedToken<?>> earlier,
      ChainFault.Kind kind,
      String reason,
      Optional<SignedToken<?>> evidence) {
    known |= earlier.isPresent() && earlier.get().equals(next);
    return note(earlier.isEmpty() || known, kind, reason, evidence);
  }

  private Findings note(
      boolean holds, ChainFault.Kind kind, String reason, Optional<SignedToken<?>> earlier) {
    if (!holds && !known && first.isEmpty()) {
      first = Optional.of(new ChainFault(kind, reason, earlier));
    }
    return this;
  }
}
