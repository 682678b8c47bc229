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
import java.util.ArrayList;
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

  MatmulProver(Matmul proof, DeviceSeed seed, int threads, Progress progress) {
    this.proof = proof;
    this.seed = seed;
    this.threads = threads;
    this.progress = progress;
    this.tiling = Tiling.of(proof.n(), threads);
  }

  Commitment commit() throws InterruptedException, ProverException {
    List<Hash32> roots = new ArrayList<>();
    MatmulRound round = MatmulRound.first(seed);
    for (int r = 0; r < proof.rounds(); r++) {
      Hash32 root = digest(round, r, Set.of()).root();
      roots.add(root);
      round = round.next(root);
    }
    return new Commitment(roots);
  }

  Opening open(List<Hash32> roots, Hash32 openingSeed)
      throws InterruptedException, ProverException {
    Picks picks = Picks.of(seed, roots, openingSeed);
    OpenedChunk[] opened = new OpenedChunk[proof.checks()];
    MatmulRound round = MatmulRound.first(seed);
    for (int r = 0; r < proof.rounds(); r++) {
      Set<Integer> wanted = new TreeSet<>();
      for (int t = r; t < proof.checks(); t += proof.rounds()) {
        wanted.add(chunk(picks, t));
      }
      ProductDigest digest = digest(round, r, wanted);
      Recomputed.requireSame(List.of(digest.root()), List.of(roots.get(r)));
      for (int t = r; t < proof.checks(); t += proof.rounds()) {
        opened[t] = digest.open(chunk(picks, t));
      }
      round = round.next(roots.get(r));
    }
    List<List<OpenedChunk>> checks = new ArrayList<>();
    for (OpenedChunk chunk : opened) {
      checks.add(List.of(chunk));
    }
    return new Opening(checks);
  }

  private int chunk(Picks picks, int t) {
    return (int) (picks.below(t, proof.cells()) * Long.BYTES / ChunkTree.CHUNK_BYTES);
  }

  private ProductDigest digest(MatmulRound round, int index, Set<Integer> wanted)
      throws InterruptedException, ProverException {
    ProductDigest digest = new ProductDigest(tiling, wanted);
    long total = proof.rounds() * tiling.tiles();
    long before = index * tiling.tiles();
    Workers.run(
        threads,
        tiling.tiles(),
        () -> new TileWorker(round, tiling, digest),
        () -> progress.at(before + digest.tilesDone(), total));
    return digest;
  }
}
