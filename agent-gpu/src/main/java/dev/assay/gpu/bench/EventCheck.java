package dev.assay.gpu.bench;

import dev.assay.benchmark.Finding;
import dev.assay.gpu.cuda.Arguments;
import dev.assay.gpu.cuda.CudaEvent;
import dev.assay.gpu.cuda.CudaException;
import dev.assay.gpu.cuda.DeviceMemory;
import dev.assay.gpu.cuda.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds the device's clock, as its events tell it, against the host's. */
final class EventCheck {
  private static final int TRIES = 3;

  /** Launching and waiting are on the host's clock alone, so it may count somewhat more. */
  private static final double LEAST = 0.7;

  private static final double MOST = 1.05;

  private EventCheck() {}

  /** Times the same work by both clocks; a finding if they disagree every time. */
  static Optional<Finding> of(BenchKernels kernels) throws CudaException, InterruptedException {
    List<Double> shares = new ArrayList<>();
    try (DeviceMemory out = kernels.context().allocate(kernels.threads() * Long.BYTES);
        CudaEvent before = kernels.context().event();
        CudaEvent after = kernels.context().event()) {
      Kernel kernel = kernels.kernel("bench_fp32");
      BenchKernels.Rounds launch =
          count ->
              kernel.launch(
                  kernels.stream(), kernels.grid(), new Arguments().pointer(out).u32(count));
      int rounds = kernels.calibrate(launch);
      for (int i = 0; i < TRIES; i++) {
        long start = System.nanoTime();
        before.record(kernels.stream());
        launch.launch(rounds);
        after.record(kernels.stream());
        kernels.stream().synchronize();
        double host = (System.nanoTime() - start) / 1e6;
        shares.add(after.millisecondsSince(before) / host);
      }
    }
    return shares.stream().anyMatch(share -> share >= LEAST && share <= MOST)
        ? Optional.empty()
        : Optional.of(finding(shares.stream().sorted().toList().get(TRIES / 2)));
  }

  private static Finding finding(double share) {
    return new Finding(
        "events-disagree-with-clock",
        "The device's own events counted %.3g times the time that this host's clock did: whatever measures by events would be wrong by as much. Figures here are by the host's clock."
            .formatted(share));
  }
}
