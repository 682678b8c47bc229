package dev.assay.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Collects the chunks that a memory-fill opens while its passes are done again: label i and the
 * parents before its segment after its pass, itself and the parents behind from the pass before.
 */
public final class FillOpening {
  private static final int AFTER = 0;
  private static final int BEFORE = 1;
  private static final int PARENTS = 2;

  private final MemoryFill proof;
  private final List<Hash32> roots;
  private final long[] labels;
  private final long[][] parents;
  private final OpenedChunk[][] opened;
  private FillKey key;

  /** Collects for these picks; {@code roots} are those that were committed to. */
  public FillOpening(MemoryFill proof, DeviceSeed seed, List<Hash32> roots, Hash32 openingSeed) {
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

  /**
   * Takes what pass {@code pass} shows; to be called after each, from 0 on.
   *
   * @throws ProverException if the image is not the one that was committed to
   */
  public <X extends Exception> void accept(int pass, FilledImage<X> image)
      throws X, InterruptedException, ProverException {
    Recomputed.requireSame(List.of(image.root()), List.of(roots.get(pass)));
    for (int t = pass - 1; pass > 0 && t < labels.length; t += proof.passes()) {
      opened[t][AFTER] = image.open(labels[t]);
      openParents(t, image, true);
    }
    key = key.next(image.root());
    for (int t = pass; pass < proof.passes() && t < labels.length; t += proof.passes()) {
      opened[t][BEFORE] = image.open(labels[t]);
      for (int k = 0; k < FillKey.PARENTS; k++) {
        parents[t][k] = key.parent(proof, labels[t], k + 1, image.word(labels[t], k));
      }
      openParents(t, image, false);
    }
  }

  /** The opening, once all passes are done. */
  public Opening opening() {
    List<List<OpenedChunk>> checks = new ArrayList<>();
    for (OpenedChunk[] check : opened) {
      checks.add(Arrays.asList(check));
    }
    return new Opening(checks);
  }

  private <X extends Exception> void openParents(int t, FilledImage<X> image, boolean before)
      throws X, InterruptedException {
    for (int k = 0; k < FillKey.PARENTS; k++) {
      if (parents[t][k] < labels[t] == before) {
        opened[t][PARENTS + k] = image.open(parents[t][k]);
      }
    }
  }
}
