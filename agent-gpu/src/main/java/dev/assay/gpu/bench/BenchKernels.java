package dev.assay.gpu.bench;

import dev.assay.gpu.cuda.Arguments;
import dev.assay.gpu.cuda.CudaContext;
import dev.assay.gpu.cuda.CudaException;
import dev.assay.gpu.cuda.CudaModule;
import dev.assay.gpu.cuda.CudaStream;
import dev.assay.gpu.cuda.DeviceMemory;
import dev.assay.gpu.cuda.Grid;
import dev.assay.gpu.cuda.Kernel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The kernels of module {@code bench} on one device, in one queue, and the shape that they say they
 * have.
 */
final class BenchKernels {
  private static final int WORDS = 7;

  /** A launch goes on for about so long: its own cost no longer counts, and it can be cancelled. */
  private static final long LAUNCH_NANOS = 8_000_000;

  private static final int MOST_ROUNDS = 1 << 24;

  private final CudaContext context;
  private final CudaModule module;
  private final CudaStream stream;
  private final int threads;
  private final int blocks;
  private final int[] shape;

  BenchKernels(CudaContext context) throws CudaException, InterruptedException {
    this.context = context;
    this.module = context.module("bench");
    this.stream = context.stream();
    this.shape = readShape();
    this.threads = shape[0];
    this.blocks = shape[1] * context.facts().multiprocessors();
  }

  private int[] readShape() throws CudaException, InterruptedException {
    try (DeviceMemory memory = context.allocate((long) WORDS * Integer.BYTES)) {
      kernel("bench_shape").launch(stream, new Grid(1, 1, 1, 0), new Arguments().pointer(memory));
      ByteBuffer bytes =
          ByteBuffer.allocateDirect(WORDS * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      stream.copyOutAndWait(bytes, memory, 0);
      int[] words = new int[WORDS];
      bytes.asIntBuffer().get(words);
      return words;
    }
  }

  Kernel kernel(String name) throws CudaException {
    return module.kernel(name);
  }

  CudaContext context() {
    return context;
  }

  CudaStream stream() {
    return stream;
  }

  /** As many blocks as the device holds at once. */
  Grid grid() {
    return new Grid(blocks, 1, threads, 0);
  }

  /** One block for each multiprocessor: few threads, so that little data is enough for all. */
  Grid sparseGrid() {
    return new Grid(context.facts().multiprocessors(), 1, threads, 0);
  }

  long threads() {
    return (long) blocks * threads;
  }

  /** Independent pieces of work that a thread has under way. */
  int wide() {
    return shape[2];
  }

  /** Operations of one thread in one round of the kernels for floating point. */
  int fusedOperations() {
    return shape[3];
  }

  /** The same of the kernel for sums of four products of bytes. */
  int dotOperations() {
    return shape[4];
  }

  /** The same of the tensor cores with 16-bit floating point; 0 where there is no kernel. */
  int halfOperations() {
    return shape[5];
  }

  /** The same of the tensor cores with bytes; 0 where there is no kernel. */
  int byteOperations() {
    return shape[6];
  }

  /** A launch of so many rounds. */
  @FunctionalInterface
  interface Rounds {
    void launch(int rounds) throws CudaException;
  }

  /** How many rounds make a launch of a good length. Longer ones are not tried for it. */
  int calibrate(Rounds work) throws CudaException, InterruptedException {
    int rounds = 1;
    while (true) {
      context.checkCancelled();
      long start = System.nanoTime();
      work.launch(rounds);
      stream.synchronize();
      long took = System.nanoTime() - start;
      if (took >= LAUNCH_NANOS / 4 || rounds >= MOST_ROUNDS) {
        double fitting = rounds * ((double) LAUNCH_NANOS / Math.max(1, took));
        return Math.clamp(Math.round(fitting), 1, MOST_ROUNDS);
      }
      rounds *= 4;
    }
  }
}
