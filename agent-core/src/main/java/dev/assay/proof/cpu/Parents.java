package dev.assay.proof.cpu;

import dev.assay.proof.FillKey;
import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * The parents of a batch of labels, read once before they are used. They lie all over the image, so
 * each waits for memory; reading them in a loop of little else lets many waits overlap. For that
 * they are sorted by parts first: a loop over one buffer takes two loads a parent, a loop over many
 * takes ten, and a processor can only have so many loads under way.
 */
final class Parents {
  private final Image image;
  private final long[] labels;
  private final int[][] places;
  private final int[] counts;

  /** Room for the parents of {@code batch} labels. */
  Parents(Image image, int batch) {
    int room = batch * FillKey.PARENTS;
    this.image = image;
    this.labels = new long[room + 1];
    this.places = new int[image.partCount()][room];
    this.counts = new int[image.partCount()];
  }

  /** The parents as they are set and used, three a label. */
  long[] labels() {
    return labels;
  }

  /** Brings {@code count} labels themselves into the cache, {@code stride} words apart. */
  void readSelves(LongBuffer words, int first, int stride, int count) {
    long all = 0;
    for (int i = 0; i < count; i++) {
      all ^= words.get(first + i * stride);
    }
    keep(all);
  }

  /** Brings the first {@code count} parents into the cache. */
  void read(int count) {
    Arrays.fill(counts, 0);
    for (int i = 0; i < count; i++) {
      int part = image.partIndex(labels[i]);
      places[part][counts[part]++] = image.at(labels[i]);
    }
    long all = 0;
    for (int part = 0; part < places.length; part++) {
      all ^= read(image.part(part), places[part], counts[part]);
    }
    keep(all);
  }

  private static long read(LongBuffer words, int[] places, int count) {
    long all = 0;
    for (int i = 0; i < count; i++) {
      all ^= words.get(places[i]);
    }
    return all;
  }

  /** Puts it where nobody looks; without a use the reads would be left out. */
  private void keep(long all) {
    labels[labels.length - 1] = all;
  }
}
