package dev.assay.proof.cpu;

import dev.assay.proof.FillKey;
import dev.assay.proof.MemoryFill;
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
  private final int[][] places;
  private final int[] counts;

  /** Without a use, the reads would be left out. */
  private final long[] kept = new long[1];

  Parents(Image image) {
    int room = FillWorker.BATCH * FillKey.PARENTS;
    this.image = image;
    this.places = new int[image.partCount()][room];
    this.counts = new int[image.partCount()];
  }

  /** Brings the first {@code count} parents into the cache. */
  void read(long[] begins, int count) {
    Arrays.fill(counts, 0);
    for (int i = 0; i < count; i++) {
      long label = begins[i] / MemoryFill.LABEL_BYTES;
      int part = image.partIndex(label);
      places[part][counts[part]++] = image.at(label);
    }
    long all = 0;
    for (int part = 0; part < places.length; part++) {
      all ^= read(image.part(part), places[part], counts[part]);
    }
    kept[0] ^= all;
  }

  private static long read(LongBuffer words, int[] places, int count) {
    long even = 0;
    long odd = 0;
    int i = 0;
    for (; i < count - 3; i += 4) {
      even ^= words.get(places[i]) ^ words.get(places[i + 2]);
      odd ^= words.get(places[i + 1]) ^ words.get(places[i + 3]);
    }
    for (; i < count; i++) {
      even ^= words.get(places[i]);
    }
    return even ^ odd;
  }
}
