package dev.assay.gpu.bench;

import dev.assay.benchmark.Benchmark;
import dev.assay.benchmark.DeviceBench;
import dev.assay.benchmark.DeviceResult;
import dev.assay.benchmark.Figure;
import dev.assay.benchmark.Finding;
import dev.assay.benchmark.Repetition;
import dev.assay.gpu.catalog.Catalog;
import dev.assay.gpu.cuda.CudaContext;
import dev.assay.gpu.cuda.CudaDevice;
import dev.assay.gpu.cuda.CudaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The benchmarks of one NVIDIA device. */
public final class GpuBench implements DeviceBench {
  private final CudaDevice device;
  private final ModelFigures model;
  private final long others;

  /**
   * @param link the device's link at its best, if that is known
   * @param others how many processes compute on the device already
   */
  public GpuBench(CudaDevice device, Catalog catalog, Optional<PciLink> link, long others) {
    this.device = device;
    this.others = others;
    this.model = new ModelFigures(catalog, device.facts(), link);
  }

  @Override
  public String device() {
    return device.id();
  }

  /** A device that fails has no figures and a finding that says why. */
  @Override
  public DeviceResult run(Repetition repetition) throws InterruptedException {
    try {
      return device.use(context -> run(context, repetition));
    } catch (CudaException e) {
      return new DeviceResult(
          device.id(),
          device.facts().name(),
          List.of(),
          List.of(new Finding("device-failed", e.getMessage() + ".")));
    }
  }

  private DeviceResult run(CudaContext context, Repetition repetition)
      throws CudaException, InterruptedException {
    BenchKernels kernels = new BenchKernels(context);
    long most = repetition.effort().deviceBytes();
    List<Benchmark> benchmarks = new ArrayList<>();
    benchmarks.addAll(new MemoryWork(kernels, most).all());
    benchmarks.addAll(new LinkWork(kernels, most).all());
    benchmarks.addAll(new ArithmeticWork(kernels).all());
    benchmarks.addAll(new LaunchWork(kernels).all());
    List<Figure> figures = repetition.figures(device.id(), benchmarks);
    List<Finding> findings = new ArrayList<>();
    if (others > 0) {
      findings.add(
          new Finding(
              "device-busy",
              "%d process%s computed on the device already, so these figures are too low: end what runs and measure again."
                  .formatted(others, others == 1 ? "" : "es")));
    }
    EventCheck.of(kernels).ifPresent(findings::add);
    model.findings(figures).ifPresent(findings::add);
    return new DeviceResult(device.id(), device.facts().name(), model.expected(figures), findings);
  }
}
