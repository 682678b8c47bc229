package dev.assay.proof;

/** Checks of proof parameters, each refused with a sentence that names the parameter. */
final class Ranges {
  private Ranges() {}

  static void within(String proof, String parameter, long value, long min, long max) {
    require(
        value >= min && value <= max,
        proof,
        parameter + " must be from " + min + " to " + max + ", not " + value);
  }

  static void multiple(String proof, String parameter, long value, String unitName, long unit) {
    require(
        value % unit == 0, proof, parameter + " must be a multiple of " + unitName + ": " + value);
  }

  static void require(boolean holds, String proof, String rule) {
    if (!holds) {
      throw new ProofException(proof + ": " + rule);
    }
  }
}
