package dev.assay.proof.cpu;

import dev.assay.proof.DeviceSeed;
import dev.assay.proof.FillKey;
import dev.assay.proof.Hash32;
import dev.assay.proof.MemoryFill;
import dev.assay.proof.OpenedChunk;
import dev.assay.proof.Opening;
import dev.assay.proof.Picks;
import dev.assay.proof.ProverException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Collects the chunks that a memory-fill opens while its passes are done again: label i and the
 * parents before its segment after its pass, itself and the parents behind from the pass before.
 */
final class FillOpening implements FillRun.AfterPass {
  private static final int AFTER = 0;
  private static final int BEFORE = 1;
  private static final int PARENTS = 2;

  private final MemoryFill proof;
  private final List<Hash32> roots;
  private final long[] labels;
  private final long[][] parents;
  private final OpenedChunk[][] opened;
  private FillKey key;

  FillOpening(MemoryFill proof, DeviceSeed seed, List<Hash32> roots, Hash32 openingSeed) {
    this.proof = proof;
    this.roots = roots;
    this.labels = new long[proof.checks()];
    this.parents = new long[proof.checks()][FillKey.PARENTS];
    this.opened = new OpenedChunk[proof.checks()][proof.chunksPerCheck()];
    this.key = FillKey.first(seed);
    Picks picks = Picks.of(seed, roots, openingSeed);
    for (int t = 0; t < labels.length; t++) {
      labels[t] = picks.below(t, proof.labels());
    }
  }

  @Override
  public void accept(int pass, ImageTree tree) throws ProverException {
    Recomputed.requireSame(List.of(tree.root()), List.of(roots.get(pass)));
    for (int t = pass - 1; pass > 0 && t < labels.length; t += proof.passes()) {
      opened[t][AFTER] = tree.open(labels[t]);
      openParents(t, tree, true);
    }
    key = key.next(tree.root());
    for (int t = pass; pass < proof.passes() && t < labels.length; t += proof.passes()) {
      opened[t][BEFORE] = tree.open(labels[t]);
      for (int k = 0; k < FillKey.PARENTS; k++) {
        parents[t][k] = key.parent(proof, labels[t], k + 1, tree.word(labels[t], k));
      }
      openParents(t, tree, false);
    }
  }

  /** The opening, once all passes are done. */
  Opening opening() {
    List<List<OpenedChunk>> checks = new ArrayList<>();
    for (OpenedChunk[] check : opened) {
      checks.add(Arrays.asList(check));
    }
    return new Opening(checks);
  }

  private void openParents(int t, ImageTree tree, boolean before) {
    for (int k = 0; k < FillKey.PARENTS; k++) {
      if (parents[t][k] < labels[t] == before) {
        opened[t][PARENTS + k] = tree.open(parents[t][k]);
      }
    }
  }
}
