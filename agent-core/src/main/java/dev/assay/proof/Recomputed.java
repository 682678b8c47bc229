package dev.assay.proof;

import dev.assay.proof.ProverException.Remedy;
import java.util.List;

/** Compares work that was done again for an opening with what was committed to. */
public final class Recomputed {
  private Recomputed() {}

  /** Refuses to open something else than was committed to. */
  public static void requireSame(List<Hash32> again, List<Hash32> committed)
      throws ProverException {
    if (!again.equals(committed)) {
      throw new ProverException(
          Remedy.STOP,
          "the work done again for the opening has other roots than the commitment: the roots are"
              + " another proof's, or this machine's memory or processor is faulty; test them",
          null);
    }
  }
}
