package dev.assay.gpu.bench;

import dev.assay.benchmark.Benchmark;
import dev.assay.benchmark.Subject;
import dev.assay.benchmark.Unit;
import dev.assay.benchmark.UnmeasuredException;
import dev.assay.gpu.cuda.Arguments;
import dev.assay.gpu.cuda.CudaException;
import dev.assay.gpu.cuda.DeviceMemory;
import dev.assay.gpu.cuda.Kernel;
import java.util.List;

/** Rates of arithmetic with everything in registers, on all multiprocessors. */
final class ArithmeticWork {
  private static final String TENSOR =
      "mma.sync from registers; generations from Hopper on have faster instructions of their own";

  private static final int BFLOAT16_GENERATION = 80;

  private final BenchKernels kernels;

  ArithmeticWork(BenchKernels kernels) {
    this.kernels = kernels;
  }

  List<Benchmark> all() {
    boolean bfloat16 = kernels.context().facts().capability().number() >= BFLOAT16_GENERATION;
    return List.of(
        rate("fp32", "fp32", "fused multiply-adds", kernels.fusedOperations()),
        rate("fp64", "fp64", "fused multiply-adds", kernels.fusedOperations()),
        rate("fp16-tensor", "fp16, tensor cores", TENSOR, kernels.halfOperations()),
        rate("bf16-tensor", "bf16, tensor cores", TENSOR, bfloat16 ? kernels.halfOperations() : 0),
        rate("int8-tensor", "int8, tensor cores", TENSOR, kernels.byteOperations()),
        rate("int8-dot", "int8, four at a time", "dp4a", kernels.dotOperations()));
  }

  private Benchmark rate(String name, String title, String how, int operations) {
    return new GpuWork(
        new Subject("arithmetic", name, title, how, Unit.OPERATIONS_PER_SECOND),
        () -> {
          if (operations == 0) {
            throw new UnmeasuredException("this generation has no such instruction");
          }
          return turn("bench_" + name.replace('-', '_'), operations);
        });
  }

  private GpuWork.Turn turn(String name, int operations)
      throws CudaException, InterruptedException {
    DeviceMemory out = kernels.context().allocate(kernels.threads() * Long.BYTES);
    Kernel kernel = kernels.kernel(name);
    BenchKernels.Rounds launch =
        count ->
            kernel.launch(
                kernels.stream(), kernels.grid(), new Arguments().pointer(out).u32(count));
    int rounds = kernels.calibrate(launch);
    return new GpuWork.Turn() {
      @Override
      public double once() throws CudaException, InterruptedException {
        launch.launch(rounds);
        kernels.stream().synchronize();
        return (double) kernels.threads() * operations * rounds;
      }

      @Override
      public void close() throws CudaException {
        out.close();
      }
    };
  }
}
