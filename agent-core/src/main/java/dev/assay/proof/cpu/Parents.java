package dev.assay.proof.cpu;

import dev.assay.proof.FillKey;
import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * The parents of a batch of labels, read once before they are used. They lie all over the image, so
 * each waits for memory; reading them in a loop of little else lets many waits overlap. For that
 * they are sorted by parts: a loop over one buffer takes two loads a parent, a loop over many takes
 * ten, and a processor can only have so many loads under way.
 */
final class Parents {
  private final Image image;

  /** The last one takes what keeps the reads from being left out. */
  private final long[] labels;

  private final int[][] places;
  private final int[] counts;
  private int size;

  /** Room for the parents of {@code batch} labels. */
  Parents(Image image, int batch) {
    this.image = image;
    this.labels = new long[batch * FillKey.PARENTS + 1];
    this.places = new int[image.partCount()][batch * FillKey.PARENTS];
    this.counts = new int[image.partCount()];
  }

  void clear() {
    size = 0;
    Arrays.fill(counts, 0);
  }

  void add(long label) {
    labels[size++] = label;
    int part = image.partIndex(label);
    places[part][counts[part]++] = image.at(label);
  }

  /** The label that was added as number {@code index}. */
  long get(int index) {
    return labels[index];
  }

  /** Brings all of them into the cache. */
  void read() {
    long all = 0;
    for (int part = 0; part < places.length; part++) {
      all ^= read(image.part(part), places[part], counts[part]);
    }
    labels[labels.length - 1] = all;
  }

  private static long read(LongBuffer words, int[] places, int count) {
    long all = 0;
    for (int i = 0; i < count; i++) {
      all ^= words.get(places[i]);
    }
    return all;
  }
}
