package dev.assay.proof.cpu;

import dev.assay.proof.Chain;

/** Chains that one thread takes forward together. */
sealed interface ChainGroup permits ChainLanes, ChainGroup.One {
  /** Goes {@code steps} further on every chain. */
  void run(long steps);

  /** The present value of chain {@code index} of the group. */
  byte[] value(int index);

  /** A chain alone, by the processor's own SHA-256. */
  record One(Chain chain) implements ChainGroup {
    @Override
    public void run(long steps) {
      chain.run(steps);
    }

    @Override
    public byte[] value(int index) {
      return chain.value();
    }
  }
}
