package dev.assay.proof.cpu;

import dev.assay.proof.ChunkTree;
import dev.assay.proof.Commitment;
import dev.assay.proof.DeviceSeed;
import dev.assay.proof.Hash32;
import dev.assay.proof.Matmul;
import dev.assay.proof.MatmulRound;
import dev.assay.proof.OpenedChunk;
import dev.assay.proof.Opening;
import dev.assay.proof.Picks;
import dev.assay.proof.Progress;
import dev.assay.proof.ProverException;
import dev.assay.proof.Recomputed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Does matmul: the product of a round in square tiles, each digested as soon as it is there, so
 * that neither the matrices nor their product are ever in memory as a whole (proofs.md §3).
 */
final class MatmulProver {
  private final Matmul proof;
  private final DeviceSeed seed;
  private final int threads;
  private final Progress progress;
  private final Tiling tiling;
  private final ThreadLocal<TileWorker> tileWorkers;

  MatmulProver(Matmul proof, DeviceSeed seed, int threads, Progress progress) {
    this.proof = proof;
    this.seed = seed;
    this.threads = threads;
    this.progress = progress;
    this.tiling = Tiling.of(proof.n(), threads);
    this.tileWorkers = ThreadLocal.withInitial(() -> new TileWorker(tiling));
  }

  Commitment commit() throws InterruptedException, ProverException {
    List<Hash32> roots = new ArrayList<>();
    try (Workers workers = new Workers(threads)) {
      MatmulRound round = MatmulRound.first(seed);
      for (int r = 0; r < proof.rounds(); r++) {
        Hash32 root = digest(workers, round, r, Set.of()).root();
        roots.add(root);
        round = round.next(root);
      }
    }
    return new Commitment(roots);
  }

  Opening open(List<Hash32> roots, Hash32 openingSeed)
      throws InterruptedException, ProverException {
    Picks picks = Picks.of(seed, roots, openingSeed);
    OpenedChunk[] opened = new OpenedChunk[proof.checks()];
    try (Workers workers = new Workers(threads)) {
      MatmulRound round = MatmulRound.first(seed);
      for (int r = 0; r < proof.rounds(); r++) {
        ProductDigest digest = digest(workers, round, r, wanted(picks, r));
        Recomputed.requireSame(List.of(digest.root()), List.of(roots.get(r)));
        for (int t = r; t < proof.checks(); t += proof.rounds()) {
          opened[t] = digest.open(chunk(picks, t));
        }
        round = round.next(roots.get(r));
      }
    }
    return new Opening(Arrays.stream(opened).map(List::of).toList());
  }

  private Set<Integer> wanted(Picks picks, int round) {
    Set<Integer> chunks = new TreeSet<>();
    for (int t = round; t < proof.checks(); t += proof.rounds()) {
      chunks.add(chunk(picks, t));
    }
    return chunks;
  }

  private int chunk(Picks picks, int t) {
    return (int) (picks.below(t, proof.cells()) * Long.BYTES / ChunkTree.CHUNK_BYTES);
  }

  private ProductDigest digest(Workers workers, MatmulRound round, int index, Set<Integer> wanted)
      throws InterruptedException, ProverException {
    ProductDigest digest = new ProductDigest(tiling, wanted);
    long total = proof.rounds() * tiling.tiles();
    long before = index * tiling.tiles();
    workers.run(
        tiling.tiles(),
        () -> worker(round, digest),
        () -> progress.at(before + digest.tilesDone(), total));
    return digest;
  }

  private Workers.Worker worker(MatmulRound round, ProductDigest digest) {
    TileWorker own = tileWorkers.get();
    return tile -> own.run(round, tile, digest);
  }
}
