package dev.assay.proof;

/** What a verifier found. */
public sealed interface Verdict {
  /** Everything that was opened holds. */
  record Pass() implements Verdict {}

  /** The first place that does not hold, as in {@code check 3 parent 2 path}. */
  record Fail(String reason) implements Verdict {}
}
