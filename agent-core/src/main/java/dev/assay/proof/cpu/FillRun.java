package dev.assay.proof.cpu;

import dev.assay.proof.DeviceSeed;
import dev.assay.proof.FillKey;
import dev.assay.proof.MemoryFill;
import dev.assay.proof.Progress;
import dev.assay.proof.ProverException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/**
 * One run of all passes over an image (proofs.md §2). The threads share the blocks of one segment
 * after the other. A block that lies in one segment is hashed as it is updated, the others when the
 * pass is over.
 */
final class FillRun implements AutoCloseable {
  private static final int BLOCK_CHUNKS = FillWorker.BLOCK_CHUNKS;

  private final MemoryFill proof;
  private final Progress progress;
  private final Image image;
  private final Workers workers;
  private final List<FillWorker> fillers = new ArrayList<>();
  private final int[] blockValues;
  private final long chunks;
  private final long segmentChunks;
  private final int blocks;
  private final int threads;
  private final Memory memory;
  private int stepsDone;

  /** Takes no memory yet. */
  FillRun(MemoryFill proof, int threads, Memory memory, Progress progress) {
    this.proof = proof;
    this.progress = progress;
    this.chunks = proof.labels() / FillWorker.CHUNK_LABELS;
    this.segmentChunks = chunks / MemoryFill.SEGMENTS;
    this.blocks = Math.toIntExact((chunks + BLOCK_CHUNKS - 1) / BLOCK_CHUNKS);
    this.blockValues = new int[Math.multiplyExact(blocks, FillWorker.CV_WORDS)];
    this.image = new Image(proof.labels(), memory.partShift());
    this.threads = threads;
    this.memory = memory;
    this.workers = new Workers(threads);
  }

  /**
   * How the image lies in memory.
   *
   * @param inOnePiece where the platform has that; its parts then follow one another
   * @param partShift parts have {@code 1 << partShift} labels
   */
  record Memory(boolean inOnePiece, int partShift) {
    static Memory best(MemoryFill proof, int threads) {
      return new Memory(true, Image.partShift(proof.labels(), threads));
    }
  }

  /** What is done with the image after each pass. */
  @FunctionalInterface
  interface AfterPass {
    void accept(int pass, ImageTree tree) throws InterruptedException, ProverException;
  }

  /** Does all passes. Call it once. */
  void run(DeviceSeed seed, AfterPass afterPass) throws InterruptedException, ProverException {
    allocate();
    FillKey key = FillKey.first(seed);
    for (int pass = 0; pass <= proof.passes(); pass++) {
      if (pass == 0) {
        first(key);
      } else {
        update(key);
      }
      ImageTree tree = new ImageTree(image, fillers.getFirst(), blockValues);
      afterPass.accept(pass, tree);
      key = key.next(tree.root());
    }
  }

  private void allocate() throws InterruptedException, ProverException {
    if (memory.inOnePiece()) {
      image.map();
    }
    workers.run(image.partCount(), () -> part -> image.allocatePart((int) part), () -> {});
    for (int i = 0; i < threads; i++) {
      fillers.add(new FillWorker(image, proof.labels(), blockValues));
    }
  }

  private void first(FillKey key) throws InterruptedException, ProverException {
    each(
        MemoryFill.SEGMENTS,
        blocks,
        (filler, block) -> filler.first(key, start(block), end(block)));
    hash(LongStream.range(chunks / BLOCK_CHUNKS, blocks).toArray());
  }

  private void update(FillKey key) throws InterruptedException, ProverException {
    for (int s = 0; s < MemoryFill.SEGMENTS; s++) {
      long from = s * segmentChunks;
      long to = from + segmentChunks;
      long firstBlock = from / BLOCK_CHUNKS;
      each(
          1,
          (to - 1) / BLOCK_CHUNKS - firstBlock + 1,
          (filler, part) -> {
            long block = firstBlock + part;
            filler.update(key, Math.max(from, start(block)), Math.min(to, end(block)));
          });
    }
    hash(LongStream.range(0, blocks).filter(block -> !isWholeInOneSegment(block)).toArray());
  }

  private void hash(long[] some) throws InterruptedException, ProverException {
    each(0, some.length, (filler, index) -> filler.hash(some[(int) index]));
  }

  private boolean isWholeInOneSegment(long block) {
    long from = start(block);
    long to = end(block);
    return to - from == BLOCK_CHUNKS && from / segmentChunks == (to - 1) / segmentChunks;
  }

  private long start(long block) {
    return block * BLOCK_CHUNKS;
  }

  private long end(long block) {
    return Math.min(chunks, (block + 1) * BLOCK_CHUNKS);
  }

  private void each(int steps, long parts, Step step) throws InterruptedException, ProverException {
    AtomicInteger next = new AtomicInteger();
    workers.run(
        parts,
        () -> {
          FillWorker filler = fillers.get(next.getAndIncrement());
          return part -> step.run(filler, part);
        },
        () -> progress.at(stepsDone, (long) MemoryFill.SEGMENTS * (proof.passes() + 1)));
    stepsDone += steps;
  }

  @Override
  public void close() {
    workers.close();
    image.close();
  }

  @FunctionalInterface
  private interface Step {
    void run(FillWorker filler, long part);
  }
}
