package dev.assay.gpu.check;

import dev.assay.gpu.cuda.Arguments;
import dev.assay.gpu.cuda.CudaContext;
import dev.assay.gpu.cuda.CudaException;
import dev.assay.gpu.cuda.CudaModule;
import dev.assay.gpu.cuda.CudaStream;
import dev.assay.gpu.cuda.DeviceMemory;
import dev.assay.gpu.cuda.Grid;
import dev.assay.gpu.cuda.Kernel;
import dev.assay.proof.Blake3;
import dev.assay.proof.Hash32;
import dev.assay.proof.Matmul;
import dev.assay.proof.MatmulRound;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The inputs of one product on a device, and the product by one variant of the kernel. */
final class Product {
  private static final int THREADS = 256;
  private static final int SHAPE_WORDS = 4;
  private static final int LARGEST_TILE = 256;
  private static final int REPETITIONS = 5;

  private final CudaContext context;
  private final CudaStream stream;
  private final int n;
  private final MatmulRound round;
  private final DeviceMemory a;
  private final DeviceMemory bt;

  Product(CudaContext context, MatmulRound round, int n) throws CudaException {
    this.context = context;
    this.stream = context.stream();
    this.n = n;
    this.round = round;
    // A tile may reach beyond the last row.
    this.a = context.allocate((long) n * (n + LARGEST_TILE));
    this.bt = context.allocate((long) n * (n + LARGEST_TILE));
    context
        .module("proof")
        .kernel("matmul_inputs")
        .launch(
            stream,
            Grid.covering(2L * n * n / 16, THREADS),
            new Arguments()
                .pointer(a)
                .pointer(bt)
                .u32(n)
                .u32(round.key().word(0))
                .u32(round.key().word(1))
                .u32(round.key().word(4)));
  }

  DeviceMemory a() {
    return a;
  }

  DeviceMemory bt() {
    return bt;
  }

  CudaStream stream() {
    return stream;
  }

  double operations() {
    return 2.0 * n * n * n;
  }

  /** What a variant digests the product to: the root of all cells. */
  Hash32 root(String target) throws CudaException, InterruptedException {
    long bytes = new Matmul(n, 1, 1).arrayBytes();
    try (DeviceMemory digests = context.allocate(digestBytes())) {
      launcher(target, digests).run();
      ByteBuffer host = ByteBuffer.allocateDirect((int) bytes);
      stream.copyOutAndWait(host, digests, 0);
      byte[] all = new byte[(int) bytes];
      host.get(0, all);
      return Blake3.hash(all);
    }
  }

  /** Operations a second of a variant, the median of some runs after one. */
  double rate(String target) throws CudaException, InterruptedException {
    try (DeviceMemory digests = context.allocate(digestBytes())) {
      Launch launch = launcher(target, digests);
      launch.run();
      stream.synchronize();
      double[] seconds = new double[REPETITIONS];
      for (int i = 0; i < REPETITIONS; i++) {
        context.checkCancelled();
        long start = System.nanoTime();
        launch.run();
        stream.synchronize();
        seconds[i] = (System.nanoTime() - start) / 1e9;
      }
      return operations() / median(seconds);
    }
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private interface Launch {
    void run() throws CudaException;
  }

  private long digestBytes() {
    long side = ((long) n + LARGEST_TILE) / Matmul.CELL;
    return side * side * Long.BYTES;
  }

  private Launch launcher(String target, DeviceMemory digests)
      throws CudaException, InterruptedException {
    CudaModule module = context.module("matmul", target);
    int[] shape = shape(module);
    Kernel kernel = module.kernel("matmul_digest");
    kernel.allowDynamicShared(shape[3]);
    Grid grid =
        new Grid((n + shape[1] - 1) / shape[1], (n + shape[0] - 1) / shape[0], shape[2], shape[3]);
    Arguments arguments =
        new Arguments().pointer(a).pointer(bt).pointer(digests).u32(n).u64(round.mask());
    return () -> kernel.launch(stream, grid, arguments);
  }

  private int[] shape(CudaModule module) throws CudaException, InterruptedException {
    try (DeviceMemory memory = context.allocate((long) SHAPE_WORDS * Integer.BYTES)) {
      module
          .kernel("matmul_shape")
          .launch(stream, new Grid(1, 1, 1, 0), new Arguments().pointer(memory));
      ByteBuffer bytes =
          ByteBuffer.allocateDirect(SHAPE_WORDS * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      stream.copyOutAndWait(bytes, memory, 0);
      int[] words = new int[SHAPE_WORDS];
      bytes.asIntBuffer().get(words);
      return words;
    }
  }
}
