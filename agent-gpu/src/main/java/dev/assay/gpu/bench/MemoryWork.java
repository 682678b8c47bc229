package dev.assay.gpu.bench;

import dev.assay.benchmark.Benchmark;
import dev.assay.benchmark.Subject;
import dev.assay.benchmark.Unit;
import dev.assay.benchmark.UnmeasuredException;
import dev.assay.gpu.cuda.Arguments;
import dev.assay.gpu.cuda.CudaContext;
import dev.assay.gpu.cuda.CudaException;
import dev.assay.gpu.cuda.DeviceMemory;
import dev.assay.gpu.cuda.Grid;
import dev.assay.gpu.cuda.Kernel;
import java.util.List;

/** The device's own memory and its second-level cache. */
final class MemoryWork {
  private static final String TOPIC = "device memory";
  private static final int VECTOR = 16;
  private static final int SECTOR = 32;

  /** A buffer that is fewer times larger than the cache would measure the cache. */
  private static final int BEYOND_CACHE = 4;

  /** Of the cache, so that it holds the buffer wherever its parts lie; half of it at most. */
  private static final int SHARE_OF_CACHE = 4;

  private final BenchKernels kernels;
  private final CudaContext context;
  private final long bytes;

  /**
   * @param most how much memory one buffer may take, unless the cache needs a larger one
   */
  MemoryWork(BenchKernels kernels, long most) throws CudaException {
    this.kernels = kernels;
    this.context = kernels.context();
    long wanted = Math.max(most, (BEYOND_CACHE + 1) * context.facts().l2Bytes());
    this.bytes = whole(Math.min(wanted, context.memory().free() / 4));
  }

  List<Benchmark> all() {
    return List.of(
        work(
            "device-copy",
            "device copy",
            "the driver's own copy; counts reads and writes",
            this::copy),
        work("device-read", "device read", "vectors of 16 bytes, summed up", this::read),
        work("device-write", "device write", "vectors of 16 bytes", this::write),
        new GpuWork(
            new Subject(
                TOPIC,
                "l2-read",
                "second-level cache, read",
                "%d KiB again and again, past the first-level caches".formatted(l2Bytes() >> 10),
                Unit.BYTES_PER_SECOND),
            this::l2),
        new GpuWork(
            new Subject(
                TOPIC,
                "device-random-read",
                "device read, random",
                "16 bytes of random sectors of 32, over %d MiB"
                    .formatted((sectors() * SECTOR) >> 20),
                Unit.ACCESSES_PER_SECOND),
            this::random));
  }

  private Benchmark work(String name, String title, String how, GpuWork.Preparation preparation) {
    return new GpuWork(
        new Subject(
            TOPIC, name, title, "%s, %d MiB".formatted(how, bytes >> 20), Unit.BYTES_PER_SECOND),
        () -> {
          requireBeyondCache();
          return preparation.prepare();
        });
  }

  private void requireBeyondCache() throws UnmeasuredException {
    if (bytes < BEYOND_CACHE * context.facts().l2Bytes() || bytes == 0) {
      throw new UnmeasuredException(
          "%d MiB of the device's memory can be had, too little beside a cache of %d MiB: end what uses it and measure again"
              .formatted(bytes >> 20, context.facts().l2Bytes() >> 20));
    }
  }

  private GpuWork.Turn copy() throws CudaException {
    DeviceMemory from = context.allocate(bytes);
    DeviceMemory to = context.allocate(bytes);
    return new Turn(from, to) {
      @Override
      public double once() throws CudaException, InterruptedException {
        kernels.stream().copyWithin(to, 0, from, 0, bytes);
        kernels.stream().synchronize();
        return 2.0 * bytes;
      }
    };
  }

  private GpuWork.Turn read() throws CudaException {
    return reading(kernels.grid(), bytes, 1);
  }

  private GpuWork.Turn reading(Grid grid, long size, int rounds) throws CudaException {
    DeviceMemory from = context.allocate(size);
    DeviceMemory sums = context.allocate(kernels.threads() * Long.BYTES);
    Kernel kernel = kernels.kernel("bench_read");
    Arguments arguments =
        new Arguments().pointer(from).pointer(sums).u64(size / VECTOR).u32(rounds);
    return new Turn(from, sums) {
      @Override
      public double once() throws CudaException, InterruptedException {
        kernel.launch(kernels.stream(), grid, arguments);
        kernels.stream().synchronize();
        return (double) size * rounds;
      }
    };
  }

  private GpuWork.Turn write() throws CudaException {
    DeviceMemory to = context.allocate(bytes);
    Kernel kernel = kernels.kernel("bench_write");
    Arguments arguments = new Arguments().pointer(to).u64(bytes / VECTOR).u32(0x5bd1e995);
    return new Turn(to) {
      @Override
      public double once() throws CudaException, InterruptedException {
        kernel.launch(kernels.stream(), kernels.grid(), arguments);
        kernels.stream().synchronize();
        return bytes;
      }
    };
  }

  private GpuWork.Turn l2() throws CudaException, InterruptedException, UnmeasuredException {
    long size = l2Bytes();
    if (size == 0) {
      throw new UnmeasuredException(
          "the cache of %d KiB is too small for one read of every thread"
              .formatted(context.facts().l2Bytes() >> 10));
    }
    int rounds;
    try (DeviceMemory from = context.allocate(size);
        DeviceMemory sums = context.allocate(kernels.threads() * Long.BYTES)) {
      Kernel kernel = kernels.kernel("bench_read");
      rounds =
          kernels.calibrate(
              count ->
                  kernel.launch(
                      kernels.stream(),
                      kernels.sparseGrid(),
                      new Arguments().pointer(from).pointer(sums).u64(size / VECTOR).u32(count)));
    }
    return reading(kernels.sparseGrid(), size, rounds);
  }

  private GpuWork.Turn random() throws CudaException, InterruptedException, UnmeasuredException {
    requireBeyondCache();
    DeviceMemory from = context.allocate(sectors() * SECTOR);
    DeviceMemory sums = context.allocate(kernels.threads() * Long.BYTES);
    Kernel kernel = kernels.kernel("bench_random");
    BenchKernels.Rounds launch =
        count ->
            kernel.launch(
                kernels.stream(),
                kernels.grid(),
                new Arguments().pointer(from).pointer(sums).u64(sectors()).u32(count));
    int rounds = kernels.calibrate(launch);
    return new Turn(from, sums) {
      @Override
      public double once() throws CudaException, InterruptedException {
        launch.launch(rounds);
        kernels.stream().synchronize();
        return (double) kernels.threads() * kernels.wide() * rounds;
      }
    };
  }

  private long l2Bytes() {
    long cache = context.facts().l2Bytes();
    long portion = portion(kernels.sparseGrid());
    return portion > cache / 2 ? 0 : Math.max(1, cache / SHARE_OF_CACHE / portion) * portion;
  }

  /** A power of two, as the kernel takes them. */
  private long sectors() {
    return Long.highestOneBit(Math.max(1, bytes / SECTOR));
  }

  /** What every thread reads as often as every other. */
  private long whole(long wanted) {
    long portion = portion(kernels.grid());
    return wanted / portion * portion;
  }

  private long portion(Grid grid) {
    return (long) grid.columns() * grid.threads() * kernels.wide() * VECTOR;
  }

  /** Work on buffers. */
  private abstract static class Turn implements GpuWork.Turn {
    private final List<DeviceMemory> buffers;

    private Turn(DeviceMemory... buffers) {
      this.buffers = List.of(buffers);
    }

    @Override
    public void close() throws CudaException {
      for (DeviceMemory buffer : buffers) {
        buffer.close();
      }
    }
  }
}
