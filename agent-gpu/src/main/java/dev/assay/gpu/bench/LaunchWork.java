package dev.assay.gpu.bench;

import dev.assay.benchmark.Benchmark;
import dev.assay.benchmark.Subject;
import dev.assay.benchmark.Unit;
import dev.assay.gpu.cuda.Arguments;
import dev.assay.gpu.cuda.CudaException;
import dev.assay.gpu.cuda.Grid;
import dev.assay.gpu.cuda.Kernel;
import java.util.List;

/** What it costs to have the device do anything at all. */
final class LaunchWork {
  private static final int QUEUED = 200;

  private final BenchKernels kernels;

  LaunchWork(BenchKernels kernels) {
    this.kernels = kernels;
  }

  List<Benchmark> all() {
    return List.of(
        work("launch-latency", "launch, awaited", "an empty kernel, launched and awaited", 1),
        work(
            "launch-interval",
            "launch, in a queue",
            "one of %d empty kernels in a queue".formatted(QUEUED),
            QUEUED));
  }

  private Benchmark work(String name, String title, String how, int launches) {
    return new GpuWork(
        new Subject("launches", name, title, how, Unit.SECONDS),
        () -> {
          Kernel kernel = kernels.kernel("bench_nothing");
          Grid one = new Grid(1, 1, 1, 0);
          Arguments arguments = new Arguments().u32(0);
          return new GpuWork.Turn() {
            @Override
            public double once() throws CudaException, InterruptedException {
              for (int i = 0; i < launches; i++) {
                kernel.launch(kernels.stream(), one, arguments);
              }
              kernels.stream().synchronize();
              return launches;
            }
          };
        });
  }
}
