package dev.assay.gpu.proof;

import dev.assay.gpu.cuda.CudaContext;
import dev.assay.gpu.cuda.CudaException;
import dev.assay.proof.ChunkTree;
import dev.assay.proof.Commitment;
import dev.assay.proof.DeviceSeed;
import dev.assay.proof.Hash32;
import dev.assay.proof.Matmul;
import dev.assay.proof.MatmulRound;
import dev.assay.proof.OpenedChunk;
import dev.assay.proof.Opening;
import dev.assay.proof.Picks;
import dev.assay.proof.ProverException;
import dev.assay.proof.Recomputed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Does matmul: inputs made and products digested on the device (proofs.md §3). */
final class MatmulProver {
  private MatmulProver() {}

  static Commitment commit(CudaContext context, Matmul proof, DeviceSeed seed, Steps steps)
      throws CudaException, InterruptedException {
    ProductRun run = new ProductRun(context, proof, steps);
    List<Hash32> roots = new ArrayList<>();
    MatmulRound round = MatmulRound.first(seed);
    for (int r = 0; r < proof.rounds(); r++) {
      Hash32 root = run.digest(round, r).root();
      roots.add(root);
      round = round.next(root);
    }
    return new Commitment(roots);
  }

  static Opening open(
      CudaContext context,
      Matmul proof,
      DeviceSeed seed,
      List<Hash32> roots,
      Hash32 openingSeed,
      Steps steps)
      throws CudaException, InterruptedException, ProverException {
    Picks picks = Picks.of(seed, roots, openingSeed);
    OpenedChunk[] opened = new OpenedChunk[proof.checks()];
    ProductRun run = new ProductRun(context, proof, steps);
    MatmulRound round = MatmulRound.first(seed);
    for (int r = 0; r < proof.rounds(); r++) {
      DeviceTree digest = run.digest(round, r);
      Recomputed.requireSame(List.of(digest.root()), List.of(roots.get(r)));
      for (int t = r; t < proof.checks(); t += proof.rounds()) {
        long cell = picks.below(t, proof.cells());
        opened[t] = digest.open(cell * Long.BYTES / ChunkTree.CHUNK_BYTES);
      }
      round = round.next(roots.get(r));
    }
    return new Opening(Arrays.stream(opened).map(List::of).toList());
  }
}
