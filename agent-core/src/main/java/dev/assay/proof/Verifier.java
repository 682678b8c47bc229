package dev.assay.proof;

import java.util.List;

/**
 * Recomputes the places of a proof that were opened. It never throws on what a prover sent:
 * whatever does not hold is a {@link Verdict.Fail} that names the first such place (proofs.md §5).
 * The witnessed time is the caller's to compare.
 */
public final class Verifier {
  /** The verdict on one opening of one commitment. */
  public Verdict verify(
      Proof proof, DeviceSeed seed, List<Hash32> roots, Hash32 openingSeed, Opening opening) {
    if (roots.size() != proof.rootCount()) {
      return new Verdict.Fail("roots: expected " + proof.rootCount() + ", found " + roots.size());
    }
    if (opening.checks().size() != proof.checks()) {
      return new Verdict.Fail(
          "openings: expected " + proof.checks() + ", found " + opening.checks().size());
    }
    Picks picks = Picks.of(seed, roots, openingSeed);
    Check check =
        switch (proof) {
          case MemoryFill fill -> new MemoryFillCheck(fill, seed, roots, picks);
          case Matmul matmul -> new MatmulCheck(matmul, seed, roots, picks);
          case HashChain chain -> new HashChainCheck(chain, seed, roots, picks);
        };
    for (int t = 0; t < proof.checks(); t++) {
      List<OpenedChunk> opened = opening.checks().get(t);
      String fault =
          opened.size() == proof.chunksPerCheck()
              ? check.fault(t, opened)
              : ": expected " + proof.chunksPerCheck() + " chunks, found " + opened.size();
      if (!fault.isEmpty()) {
        return new Verdict.Fail("check " + t + fault);
      }
    }
    return new Verdict.Pass();
  }
}
