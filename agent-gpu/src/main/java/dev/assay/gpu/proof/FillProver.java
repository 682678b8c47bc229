package dev.assay.gpu.proof;

import dev.assay.gpu.cuda.CudaContext;
import dev.assay.gpu.cuda.CudaException;
import dev.assay.proof.Commitment;
import dev.assay.proof.DeviceSeed;
import dev.assay.proof.FillOpening;
import dev.assay.proof.Hash32;
import dev.assay.proof.MemoryFill;
import dev.assay.proof.Opening;
import dev.assay.proof.ProverException;
import java.util.ArrayList;
import java.util.List;

/** Does memory-fill with the image in the device's memory (proofs.md §2). */
final class FillProver {
  private FillProver() {}

  static Commitment commit(CudaContext context, MemoryFill proof, DeviceSeed seed, Steps steps)
      throws CudaException, InterruptedException, ProverException {
    List<Hash32> roots = new ArrayList<>();
    new FillRun(context, proof, DeviceTree.Shape.USUAL, steps)
        .run(seed, (pass, image) -> roots.add(image.root()));
    return new Commitment(roots);
  }

  static Opening open(
      CudaContext context,
      MemoryFill proof,
      DeviceSeed seed,
      List<Hash32> roots,
      Hash32 openingSeed,
      Steps steps)
      throws CudaException, InterruptedException, ProverException {
    FillOpening opening = new FillOpening(proof, seed, roots, openingSeed);
    new FillRun(context, proof, DeviceTree.Shape.USUAL, steps).run(seed, opening::accept);
    return opening.opening();
  }
}
