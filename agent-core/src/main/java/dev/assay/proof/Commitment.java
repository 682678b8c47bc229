package dev.assay.proof;

import java.util.List;

/** The roots of a proof's arrays, in the order that proofs.md gives. */
public record Commitment(List<Hash32> roots) {
  /** Takes a copy of the list. */
  public Commitment {
    roots = List.copyOf(roots);
  }
}
