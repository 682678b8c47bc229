package dev.assay.gpu.proof;

import dev.assay.gpu.cuda.Arguments;
import dev.assay.gpu.cuda.CudaContext;
import dev.assay.gpu.cuda.CudaEvent;
import dev.assay.gpu.cuda.CudaException;
import dev.assay.gpu.cuda.CudaStream;
import dev.assay.gpu.cuda.DeviceMemory;
import dev.assay.gpu.cuda.Grid;
import dev.assay.gpu.cuda.Kernel;
import dev.assay.proof.ChunkTree;
import dev.assay.proof.Matmul;
import dev.assay.proof.MatmulRound;

/**
 * The products of a matmul, one after the other in the same memory. A product is launched in bands
 * of rows, so that none takes so long that it could not be cancelled; bands double while they are
 * short, and soon a band is all that a fast device needs for a product.
 *
 * <p>The kernel counts rows from its band's first. Where a band begins at a multiple of its height,
 * which is a power of two, row i of the product is first + row = first XOR row; and since an
 * entry's word is masked before it is mixed (proofs.md §3), the mask takes first in.
 */
final class ProductRun {
  private static final int THREADS = 256;
  private static final int INPUT_BYTES_A_THREAD = 16;
  private static final int ROW_SHIFT = 48;
  private static final int AHEAD = 2;
  private static final long SHORT_NANOS = 20_000_000;

  /** Of the first band: a slow device does so many in some 10 ms. */
  private static final double FIRST_OPERATIONS = 1e11;

  private final CudaContext context;
  private final Matmul proof;
  private final Steps steps;
  private final ProductKernel product;
  private final Kernel inputs;
  private final CudaStream stream;
  private final DeviceMemory a;
  private final DeviceMemory bt;
  private final DeviceMemory digests;
  private final CudaEvent[] bands = new CudaEvent[AHEAD];
  private final DeviceTree tree;
  private int bandRows;
  private long bandEndNanos;

  /** Takes the memory of inputs and digests. */
  ProductRun(CudaContext context, Matmul proof, Steps steps)
      throws CudaException, InterruptedException {
    this(context, proof, steps, FIRST_OPERATIONS);
  }

  /** Has a first band of about so many operations. */
  ProductRun(CudaContext context, Matmul proof, Steps steps, double firstOperations)
      throws CudaException, InterruptedException {
    this.context = context;
    this.proof = proof;
    this.steps = steps;
    this.product = ProductKernel.load(context);
    this.inputs = context.module(CudaProver.MODULE).kernel("matmul_inputs");
    this.stream = context.stream();
    long n = proof.n();
    // The last tile of a band may reach beyond the last row.
    this.a = context.allocate(n * (n + product.tileRows()));
    this.bt = context.allocate(n * n);
    this.digests = context.allocate(proof.arrayBytes() + digestBytes(product.tileRows()));
    for (int i = 0; i < AHEAD; i++) {
      bands[i] = context.event();
    }
    this.tree =
        new DeviceTree(
            context,
            stream,
            digests,
            proof.arrayBytes() / ChunkTree.CHUNK_BYTES,
            DeviceTree.Shape.USUAL);
    double operationsARow = 2.0 * n * n;
    this.bandRows =
        Math.max(
            product.tileRows(),
            Integer.highestOneBit(Math.max(1, (int) (firstOperations / operationsARow))));
  }

  /** The tree of the cell digests of one round's product. */
  DeviceTree digest(MatmulRound round, int index) throws CudaException, InterruptedException {
    makeInputs(round);
    tree.begin();
    bandEndNanos = System.nanoTime();
    int launched = 0;
    for (int row = 0; row < proof.n(); launched++) {
      context.checkCancelled();
      if (launched >= AHEAD) {
        awaitBand(launched % AHEAD);
      }
      int rows = Math.min(bandFrom(row), proof.n() - row);
      launch(round, row, rows);
      bands[launched % AHEAD].record(stream);
      row += rows;
      steps.at((long) index * proof.n() + row, (long) proof.rounds() * proof.n());
    }
    tree.finish();
    return tree;
  }

  private void makeInputs(MatmulRound round) throws CudaException {
    long groups = 2L * proof.n() * proof.n() / INPUT_BYTES_A_THREAD;
    inputs.launch(
        stream,
        Grid.covering(groups, THREADS),
        new Arguments()
            .pointer(a)
            .pointer(bt)
            .u32(proof.n())
            .u32(round.key().word(0))
            .u32(round.key().word(1))
            .u32(round.key().word(4)));
  }

  private void launch(MatmulRound round, int row, int rows) throws CudaException {
    product
        .kernel()
        .launch(
            stream,
            product.grid(rows, proof.n()),
            new Arguments()
                .pointer(a, (long) row * proof.n())
                .pointer(bt)
                .pointer(digests, digestBytes(row))
                .u32(proof.n())
                .u64(round.mask() ^ (long) row << ROW_SHIFT));
  }

  /** How high a band from this row may be. */
  private int bandFrom(int row) {
    return row == 0 ? bandRows : Math.min(bandRows, Integer.lowestOneBit(row));
  }

  private void awaitBand(int slot) throws CudaException, InterruptedException {
    bands[slot].await();
    long now = System.nanoTime();
    if (now - bandEndNanos < SHORT_NANOS && bandRows < proof.n()) {
      bandRows *= 2;
    }
    bandEndNanos = now;
  }

  private long digestBytes(int rows) {
    return (long) (rows / Matmul.CELL) * (proof.n() / Matmul.CELL) * Long.BYTES;
  }
}
