package dev.assay.proof;

import java.util.List;

/** For each check the chunks that it reads, in the order that proofs.md gives. */
public record Opening(List<List<OpenedChunk>> checks) {
  /** Takes a copy of the lists. */
  public Opening {
    checks = checks.stream().map(List::copyOf).toList();
  }
}
