package dev.assay.proof;

import java.util.List;
import java.util.Optional;

/**
 * A device that does proofs. It keeps nothing between calls, so an opening also works in another
 * process than the commitment. One call at a time.
 *
 * <p>Interrupting the calling thread ends a call within about 100 ms. However a call ends, the
 * memory it took is given back before it returns.
 */
public interface Prover {
  /** The device id, as in {@code cpu:0}. */
  String device();

  /**
   * Why this kind of device does not do such a proof at all, in a sentence; absent if it does. A
   * limit, like too little memory: nothing is begun, and nobody is blamed.
   */
  default Optional<String> refuses(Proof proof) {
    return Optional.empty();
  }

  /** Does the work. */
  Commitment commit(Proof proof, DeviceSeed seed, Progress progress)
      throws InterruptedException, ProverException;

  /** Opens the places that the opening seed picks, doing again as much of the work as it takes. */
  Opening open(
      Proof proof, DeviceSeed seed, List<Hash32> roots, Hash32 openingSeed, Progress progress)
      throws InterruptedException, ProverException;
}
