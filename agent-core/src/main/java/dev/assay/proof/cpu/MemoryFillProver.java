package dev.assay.proof.cpu;

import dev.assay.proof.Commitment;
import dev.assay.proof.DeviceSeed;
import dev.assay.proof.FillOpening;
import dev.assay.proof.Hash32;
import dev.assay.proof.MemoryFill;
import dev.assay.proof.Opening;
import dev.assay.proof.Progress;
import dev.assay.proof.ProverException;
import java.util.ArrayList;
import java.util.List;

/** Does memory-fill, with the image outside the Java heap (proofs.md §2). */
final class MemoryFillProver {
  private final MemoryFill proof;
  private final DeviceSeed seed;
  private final int threads;
  private final FillRun.Memory memory;
  private final Progress progress;

  MemoryFillProver(MemoryFill proof, DeviceSeed seed, int threads, Progress progress) {
    this(proof, seed, threads, FillRun.Memory.best(proof, threads), progress);
  }

  MemoryFillProver(
      MemoryFill proof, DeviceSeed seed, int threads, FillRun.Memory memory, Progress progress) {
    this.proof = proof;
    this.seed = seed;
    this.threads = threads;
    this.memory = memory;
    this.progress = progress;
  }

  Commitment commit() throws InterruptedException, ProverException {
    List<Hash32> roots = new ArrayList<>();
    run((pass, tree) -> roots.add(tree.root()));
    return new Commitment(roots);
  }

  Opening open(List<Hash32> roots, Hash32 openingSeed)
      throws InterruptedException, ProverException {
    FillOpening opening = new FillOpening(proof, seed, roots, openingSeed);
    run(opening::accept);
    return opening.opening();
  }

  private void run(FillRun.AfterPass afterPass) throws InterruptedException, ProverException {
    SystemMemory.require(proof.arrayBytes());
    try (FillRun run = new FillRun(proof, threads, memory, progress)) {
      run.run(seed, afterPass);
    }
  }
}
