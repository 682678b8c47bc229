package dev.assay.proof.cpu;

import dev.assay.proof.Commitment;
import dev.assay.proof.DeviceSeed;
import dev.assay.proof.Hash32;
import dev.assay.proof.MemoryFill;
import dev.assay.proof.Opening;
import dev.assay.proof.Progress;
import dev.assay.proof.ProverException;
import java.util.List;

/** Does memory-fill. */
final class MemoryFillProver {
  MemoryFillProver(MemoryFill proof, DeviceSeed seed, int threads, Progress progress) {}

  Commitment commit() throws InterruptedException, ProverException {
    return new Commitment(List.of());
  }

  Opening open(List<Hash32> roots, Hash32 openingSeed)
      throws InterruptedException, ProverException {
    return new Opening(List.of());
  }
}
