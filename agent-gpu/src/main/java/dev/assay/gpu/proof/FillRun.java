package dev.assay.gpu.proof;

import dev.assay.gpu.cuda.Arguments;
import dev.assay.gpu.cuda.CudaContext;
import dev.assay.gpu.cuda.CudaEvent;
import dev.assay.gpu.cuda.CudaException;
import dev.assay.gpu.cuda.CudaModule;
import dev.assay.gpu.cuda.CudaStream;
import dev.assay.gpu.cuda.DeviceMemory;
import dev.assay.gpu.cuda.Grid;
import dev.assay.gpu.cuda.Kernel;
import dev.assay.proof.ChunkTree;
import dev.assay.proof.DeviceSeed;
import dev.assay.proof.FillKey;
import dev.assay.proof.FilledImage;
import dev.assay.proof.Hash32;
import dev.assay.proof.MemoryFill;
import dev.assay.proof.OpenedChunk;
import dev.assay.proof.ProverException;

/**
 * One run of all passes over an image (proofs.md §2). While a segment is filled, which waits for
 * memory, the one before it is hashed, which does not, so that the tree costs little time of its
 * own. Only a few segments are ever ahead, so that a run that is cancelled ends soon.
 */
final class FillRun {
  private static final int CHUNK_LABELS = ChunkTree.CHUNK_BYTES / MemoryFill.LABEL_BYTES;
  private static final int THREADS = 256;

  /** Of a row of blocks so many fill, and one more hashes. */
  private static final int FILLING_BLOCKS = 16;

  /** How many segments may be in the queue at once. */
  private static final int AHEAD = 3;

  private final CudaContext context;
  private final MemoryFill proof;
  private final Steps steps;
  private final Kernel first;
  private final Kernel update;
  private final DeviceMemory image;
  private final CudaStream stream;
  private final CudaEvent[] done = new CudaEvent[AHEAD];
  private final DeviceTree tree;

  /** Takes the memory of the image and its tree. */
  FillRun(CudaContext context, MemoryFill proof, DeviceTree.Shape shape, Steps steps)
      throws CudaException {
    this.context = context;
    this.proof = proof;
    this.steps = steps;
    context.preferFetches(MemoryFill.LABEL_BYTES);
    CudaModule module = context.module(CudaProver.MODULE);
    this.first = module.kernel("fill_first");
    this.update = module.kernel("fill_pass");
    this.image = context.allocate(proof.arrayBytes());
    this.stream = context.stream();
    for (int i = 0; i < AHEAD; i++) {
      done[i] = context.event();
    }
    this.tree = new DeviceTree(context, stream, image, proof.labels() / CHUNK_LABELS, shape);
  }

  /** What is done with the image after each pass. */
  @FunctionalInterface
  interface AfterPass {
    void accept(int pass, FilledImage<CudaException> image)
        throws CudaException, InterruptedException, ProverException;
  }

  /** Does all passes. Call it once. */
  void run(DeviceSeed seed, AfterPass afterPass)
      throws CudaException, InterruptedException, ProverException {
    FillKey key = FillKey.first(seed);
    Image whole = new Image();
    for (int pass = 0; pass <= proof.passes(); pass++) {
      tree.begin();
      for (int segment = 0; segment < MemoryFill.SEGMENTS; segment++) {
        step(pass, segment, key);
        steps.at(
            (long) pass * MemoryFill.SEGMENTS + segment,
            (proof.passes() + 1L) * MemoryFill.SEGMENTS);
      }
      tree.finish();
      afterPass.accept(pass, whole);
      key = key.next(tree.root());
    }
  }

  /** Puts one segment into the queue, after waiting for one that is well before it. */
  private void step(int pass, int segment, FillKey key) throws CudaException, InterruptedException {
    context.checkCancelled();
    int slot = segment % AHEAD;
    if (segment >= AHEAD) {
      done[slot].await();
    }
    if (pass == 0) {
      launchFirst(segment, key);
    } else {
      launchUpdate(segment, key);
    }
    done[slot].record(stream);
  }

  private void launchFirst(int segment, FillKey key) throws CudaException {
    long labels = proof.segmentLabels();
    first.launch(
        stream,
        Grid.covering(labels, THREADS),
        new Arguments()
            .pointer(image)
            .u64(segment * labels)
            .u64(labels)
            .words(key.value().words()));
    tree.hash((segment + 1) * labels / CHUNK_LABELS);
  }

  private void launchUpdate(int segment, FillKey key) throws CudaException {
    long labels = proof.segmentLabels();
    DeviceTree.Blocks before = tree.take(segment * labels / CHUNK_LABELS);
    long perRow = (long) FILLING_BLOCKS * THREADS;
    int rows = Math.toIntExact(Math.max((labels + perRow - 1) / perRow, before.count()));
    update.launch(
        stream,
        new Grid(FILLING_BLOCKS + 1, rows, THREADS, 0),
        new Arguments()
            .pointer(image)
            .u64(proof.labels())
            .u32(segment)
            .u64(key.value().longWord(0) | 1)
            .u64(key.value().longWord(1))
            .words(key.value().words())
            .pointer(before.values())
            .u64(before.first())
            .u64(before.count()));
  }

  /** The image between passes. */
  private final class Image implements FilledImage<CudaException> {
    @Override
    public Hash32 root() {
      return tree.root();
    }

    @Override
    public OpenedChunk open(long label) throws CudaException, InterruptedException {
      context.checkCancelled();
      return tree.open(label / CHUNK_LABELS);
    }

    @Override
    public long word(long label, int word) throws CudaException, InterruptedException {
      return tree.staging()
          .longWord(image, label * MemoryFill.LABEL_BYTES + (long) word * Long.BYTES);
    }
  }
}
