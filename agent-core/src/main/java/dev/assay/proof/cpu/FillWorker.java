package dev.assay.proof.cpu;

import dev.assay.proof.Compression;
import dev.assay.proof.FillKey;
import dev.assay.proof.Hash32;
import dev.assay.proof.LeftFullTree;
import dev.assay.proof.MemoryFill;
import java.nio.LongBuffer;

/**
 * One thread's work on an image. The unit is a block of 256 chunks, 4096 labels: lane c works on
 * chunk c of the block, one label after the other. So the labels that come out of the lanes are at
 * once, without a way through memory, the message blocks of the lanes that hash the chunks.
 */
final class FillWorker {
  /** The chunks of a block. */
  static final int BLOCK_CHUNKS = Lanes.LANES;

  /** The labels of a chunk. */
  static final int CHUNK_LABELS = 16;

  /** The words of a chaining value. */
  static final int CV_WORDS = Hash32.BYTES / Integer.BYTES;

  private static final int CHUNK_WORDS = CHUNK_LABELS * Image.LABEL_WORDS;
  private static final int LABEL_FLAGS =
      Compression.CHUNK_START | Compression.CHUNK_END | Compression.ROOT | Compression.KEYED_HASH;

  /** Fewer parents than half of this are computed faster one by one. */
  private static final int MIN_LANES = 32;

  /** So many labels' parents, 48 KiB, are found at a time: near enough to the core when mixed. */
  static final int BATCH = 256;

  private final Image image;
  private final long labels;
  private final int[] blockValues;
  private final Lanes lanes;
  private final long[] parents = new long[BATCH * FillKey.PARENTS];
  private final long[] kept = new long[1];

  /**
   * A worker on an image whose parts are all allocated.
   *
   * @param blockValues takes the chaining values of the blocks
   */
  FillWorker(Image image, long labels, int[] blockValues) {
    this.image = image;
    this.labels = labels;
    this.blockValues = blockValues;
    this.lanes = new Lanes(LaneKernel.of(image));
  }

  /** Writes chunks {@code [from, to)} of one block as they are after pass 0. */
  void first(FillKey key, long from, long to) {
    Span span = new Span(image, from, to);
    int[] cv = key.value().words();
    readInOrder(span);
    lanes.startChaining();
    for (int j = 0; j < CHUNK_LABELS; j++) {
      lanes.zeroMessages();
      lanes.compressLabels(cv, span.blockLabel() + j, LABEL_FLAGS);
      lanes.store(span.lane(), span.label(0, j), span.count());
      hashLabels(span, j);
    }
    if (span.count() == BLOCK_CHUNKS) {
      keepValueOfWholeBlock(span);
    }
  }

  /** Updates chunks {@code [from, to)}, which lie in one block and one segment. */
  void update(FillKey key, long from, long to) {
    Span span = new Span(image, from, to);
    int[] cv = key.value().words();
    readInOrder(span);
    lanes.startChaining();
    for (int j = 0; j < CHUNK_LABELS; j++) {
      for (int n = 0; n < span.count(); n += BATCH) {
        int end = Math.min(n + BATCH, span.count());
        findParents(key, span, j, n, end);
        lanes.loadMixed(span.lane() + n, span.label(n, j), parents, end - n);
      }
      lanes.compressLabels(cv, span.blockLabel() + j, LABEL_FLAGS);
      lanes.store(span.lane(), span.label(0, j), span.count());
      hashLabels(span, j);
    }
    if (span.count() == BLOCK_CHUNKS) {
      keepValueOfWholeBlock(span);
    }
  }

  /** Hashes a block as it stands in the image. */
  void hash(long block) {
    Span span = block(block);
    hashChunks(span);
    if (span.count() == BLOCK_CHUNKS) {
      keepValueOfWholeBlock(span);
    } else {
      keepValue(span, values(span.count()));
    }
  }

  /** The chaining values of a block's chunks as they stand in the image. */
  int[] chunkValues(long block) {
    Span span = block(block);
    hashChunks(span);
    return values(span.count());
  }

  private Span block(long block) {
    long from = block * BLOCK_CHUNKS;
    return new Span(image, from, Math.min(from + BLOCK_CHUNKS, labels / CHUNK_LABELS));
  }

  private void hashChunks(Span span) {
    readInOrder(span);
    lanes.startChaining();
    for (int j = 0; j < CHUNK_LABELS; j++) {
      lanes.load(span.lane(), span.label(0, j), span.count());
      hashLabels(span, j);
    }
  }

  /** Brings a block into the cache in the order in which memory is fastest. */
  private void readInOrder(Span span) {
    LongBuffer words = span.words();
    long all = 0;
    for (int i = 0; i < span.count() * CHUNK_WORDS; i += Image.LABEL_WORDS) {
      all ^= words.get(span.start() + i);
    }
    kept[0] ^= all;
  }

  /** Where in the image a label begins: worked out here, since every instruction counts there. */
  private static long place(long label) {
    return label * MemoryFill.LABEL_BYTES;
  }

  private void findParents(FillKey key, Span span, int j, int first, int end) {
    LongBuffer words = span.words();
    int at = span.at(j) + first * CHUNK_WORDS;
    long segmentLabels = labels / MemoryFill.SEGMENTS;
    long i = (span.from() + first) * CHUNK_LABELS + j;
    long afterSegment = (i / segmentLabels + 1) * segmentLabels;
    int next = 0;
    for (int n = first; n < end; n++) {
      parents[next] = place(key.parent(labels, afterSegment, i, 1, words.get(at)));
      parents[next + 1] = place(key.parent(labels, afterSegment, i, 2, words.get(at + 1)));
      parents[next + 2] = place(key.parent(labels, afterSegment, i, 3, words.get(at + 2)));
      next += FillKey.PARENTS;
      at += CHUNK_WORDS;
      i += CHUNK_LABELS;
    }
  }

  private void hashLabels(Span span, int j) {
    int flags = 0;
    if (j == 0) {
      flags = Compression.CHUNK_START;
    } else if (j == CHUNK_LABELS - 1) {
      flags = Compression.CHUNK_END;
    }
    lanes.compressChunks(span.block() * BLOCK_CHUNKS, flags);
  }

  private void keepValueOfWholeBlock(Span span) {
    int width = BLOCK_CHUNKS;
    while (width > MIN_LANES) {
      lanes.compressParents(width);
      width /= 2;
    }
    keepValue(span, values(width));
  }

  private void keepValue(Span span, int[] values) {
    int[] value = new LeftFullTree(values).chainingValue();
    System.arraycopy(value, 0, blockValues, (int) span.block() * CV_WORDS, CV_WORDS);
  }

  private int[] values(int count) {
    int[] values = new int[count * CV_WORDS];
    for (int lane = 0; lane < count; lane++) {
      for (int w = 0; w < CV_WORDS; w++) {
        values[lane * CV_WORDS + w] = lanes.chaining(lane, w);
      }
    }
    return values;
  }

  /** Chunks of one block: {@code count} from chunk {@code from} on. */
  private record Span(LongBuffer words, int start, long from, int count) {
    Span(Image image, long from, long to) {
      this(
          image.part(image.partIndex(from * CHUNK_LABELS)),
          image.at(from * CHUNK_LABELS),
          from,
          (int) (to - from));
    }

    long block() {
      return from / BLOCK_CHUNKS;
    }

    long blockLabel() {
      return block() * BLOCK_CHUNKS * CHUNK_LABELS;
    }

    int lane() {
      return (int) (from % BLOCK_CHUNKS);
    }

    /** Label {@code j} of chunk {@code n}. */
    long label(int n, int j) {
      return (from + n) * CHUNK_LABELS + j;
    }

    /** Where label {@code j} of the first chunk begins. */
    int at(int j) {
      return start + j * Image.LABEL_WORDS;
    }
  }
}
