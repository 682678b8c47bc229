package dev.assay.gpu.bench;

import dev.assay.benchmark.Benchmark;
import dev.assay.benchmark.Subject;
import dev.assay.benchmark.UnmeasuredException;
import dev.assay.gpu.cuda.CudaException;

/**
 * A benchmark of a started device, for the thread of its task alone. An error of the device is why
 * there is no figure.
 */
record GpuWork(Subject subject, Preparation preparation) implements Benchmark {
  /** Takes what the work needs. */
  @FunctionalInterface
  interface Preparation {
    Turn prepare() throws CudaException, InterruptedException, UnmeasuredException;
  }

  /** Work that is ready; its buffers are closed with it. */
  interface Turn {
    /** Does it once and waits for its end; returns how much it was. */
    double once() throws CudaException, InterruptedException;

    /** Gives back what was taken. */
    default void close() throws CudaException {}
  }

  @Override
  public Work prepare() throws InterruptedException, UnmeasuredException {
    Turn turn = called(preparation::prepare);
    return new Work() {
      @Override
      public double once() throws InterruptedException, UnmeasuredException {
        return called(turn::once);
      }

      @Override
      public void close() {
        try {
          turn.close();
        } catch (CudaException e) {
          // The next use of the device says what is wrong with it; the figure stands.
        }
      }
    };
  }

  private interface Call<T> {
    T run() throws CudaException, InterruptedException, UnmeasuredException;
  }

  private static <T> T called(Call<T> call) throws InterruptedException, UnmeasuredException {
    try {
      return call.run();
    } catch (CudaException e) {
      throw new UnmeasuredException(e.getMessage());
    }
  }
}
