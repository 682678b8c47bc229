package dev.assay.gpu.check;

import dev.assay.benchmark.DeviceResult;
import dev.assay.benchmark.Repetition;
import dev.assay.gpu.bench.GpuBench;
import dev.assay.gpu.catalog.Catalog;
import dev.assay.gpu.catalog.Figure;
import dev.assay.gpu.check.GpuCheckResult.Agreement;
import dev.assay.gpu.check.GpuCheckResult.Library;
import dev.assay.gpu.check.GpuCheckResult.ProofTimes;
import dev.assay.gpu.check.GpuCheckResult.Rate;
import dev.assay.gpu.cuda.CudaContext;
import dev.assay.gpu.cuda.CudaDevice;
import dev.assay.gpu.cuda.CudaError;
import dev.assay.gpu.cuda.CudaException;
import dev.assay.gpu.cuda.DeviceFacts;
import dev.assay.gpu.proof.CudaProver;
import dev.assay.proof.DeviceSeed;
import dev.assay.proof.Hash32;
import dev.assay.proof.Matmul;
import dev.assay.proof.MatmulRound;
import dev.assay.proof.MemoryFill;
import dev.assay.proof.Progress;
import dev.assay.proof.Proof;
import dev.assay.proof.ProverException;
import dev.assay.proof.cpu.CpuProver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Checks one device from end to end. */
public final class GpuCheck {
  private static final List<String> VARIANTS = List.of("sm70", "sm75", "sm80", "sm90a");

  /** Shapes that reach every kernel: parts of blocks and tiles, and whole ones. */
  private static final List<Proof> SMALL =
      List.of(
          new MemoryFill(4096, 3, 12),
          new MemoryFill(9 * 1024, 4, 16),
          new Matmul(128, 2, 4),
          new Matmul(384, 1, 8));

  private static final int VARIANT_SIDE = 384;
  private static final int CHECKS = 16;

  private final CudaDevice device;
  private final Catalog catalog;
  private Sizes sizes;
  private final Supplier<Hash32> seeds;
  private final LongSupplier nanoTime;
  private final Consumer<String> stage;
  private final List<Agreement> agreements = new ArrayList<>();

  /**
   * @param seeds fresh ones
   * @param nanoTime a clock that only goes forward
   * @param stage told what comes next
   */
  public GpuCheck(
      CudaDevice device,
      Catalog catalog,
      Sizes sizes,
      Supplier<Hash32> seeds,
      LongSupplier nanoTime,
      Consumer<String> stage) {
    this.device = device;
    this.catalog = catalog;
    this.sizes = sizes;
    this.seeds = seeds;
    this.nanoTime = nanoTime;
    this.stage = stage;
  }

  /** Checks everything; call it once. */
  public GpuCheckResult run(Repetition repetition)
      throws InterruptedException, ProverException, CudaException {
    CudaProver prover = new CudaProver(device);
    stage.accept("compiling the kernels");
    prover.prepare();
    long free = device.use(context -> context.memory().free());
    sizes = sizes.within(free);
    againstProcessors(prover);
    ProofRun proofs = new ProofRun(prover, nanoTime, agreements);
    stage.accept("memory-fill over all of the memory");
    Optional<ProofTimes> fill = fill(proofs, free);
    stage.accept("matmul");
    Optional<ProofTimes> matmul = matmul(proofs);
    stage.accept("variants of matmul, and cuBLAS");
    List<Rate> variants = new ArrayList<>();
    DeviceSeed seed = seed();
    Hash32 root =
        new CpuProver()
            .commit(new Matmul(VARIANT_SIDE, 1, 1), seed, Progress.NONE)
            .roots()
            .getFirst();
    Library library =
        device.use(context -> products(context, MatmulRound.first(seed), root, variants));
    stage.accept("benchmarks");
    DeviceResult benchmarks = new GpuBench(device, catalog, Optional.empty(), 0).run(repetition);
    DeviceFacts facts = device.facts();
    return new GpuCheckResult(
        device.id(),
        facts.name(),
        facts.driver().toString(),
        facts.totalBytes(),
        agreements,
        fill,
        matmul,
        variants,
        library,
        peak(facts),
        benchmarks);
  }

  private OptionalDouble peak(DeviceFacts facts) {
    OptionalLong peak =
        catalog
            .named(facts.name(), facts.totalBytes())
            .map(model -> model.figure(Figure.INT8_TENSOR_OPS))
            .orElse(OptionalLong.empty());
    return peak.isPresent() ? OptionalDouble.of((double) peak.getAsLong()) : OptionalDouble.empty();
  }

  private DeviceSeed seed() {
    return new DeviceSeed(seeds.get());
  }

  /** Commitments and openings, bit for bit. */
  private void againstProcessors(CudaProver prover) throws InterruptedException, ProverException {
    CpuProver processors = new CpuProver();
    for (Proof proof : SMALL) {
      stage.accept("kernels against the processors: " + proof.parameters());
      DeviceSeed seed = seed();
      Hash32 openingSeed = seeds.get();
      var expected = processors.commit(proof, seed, Progress.NONE);
      var found = prover.commit(proof, seed, Progress.NONE);
      boolean same =
          expected.equals(found)
              && processors
                  .open(proof, seed, expected.roots(), openingSeed, Progress.NONE)
                  .equals(prover.open(proof, seed, found.roots(), openingSeed, Progress.NONE));
      agree(proof.parameters() + ", against the processors", same);
    }
  }

  private void agree(String what, boolean same) {
    agreements.add(
        new Agreement(
            what, same ? Optional.empty() : Optional.of("it differs from the processors")));
  }

  private Optional<ProofTimes> fill(ProofRun proofs, long free) throws InterruptedException {
    long bytes = Math.min(sizes.mostImageBytes(), (long) (sizes.shareOfFree() * free));
    long labels = bytes / MemoryFill.LABEL_BYTES / 1024 * 1024;
    MemoryFill proof =
        new MemoryFill(labels, sizes.passes(), CHECKS / sizes.passes() * sizes.passes());
    // What tokens.md credits: each pass reads three labels and its own and writes one, the first
    // only writes.
    double work = (proof.passes() - 0.5) * 320 * proof.labels();
    return proofs.of(proof, work, seed(), seeds.get());
  }

  private Optional<ProofTimes> matmul(ProofRun proofs) throws InterruptedException {
    Matmul proof = new Matmul(sizes.proofSide(), sizes.proofRounds(), CHECKS);
    double work = 2.0 * proof.n() * proof.n() * proof.n() * proof.rounds();
    return proofs.of(proof, work, seed(), seeds.get());
  }

  /** Each variant that the device can run: its digests, and how fast it is. */
  private Library products(
      CudaContext context, MatmulRound round, Hash32 expected, List<Rate> rates)
      throws CudaException, InterruptedException {
    Product small = new Product(context, round, VARIANT_SIDE);
    Product large = new Product(context, round, sizes.productSide());
    for (String target : VARIANTS) {
      if (runs(target, context)) {
        agree("matmul." + target + ", against the processors", small.root(target).equals(expected));
        rates.add(new Rate("matmul." + target, large.rate(target)));
      }
    }
    return Cublas.multiply(context, large, sizes.productSide());
  }

  private static boolean runs(String target, CudaContext context) throws CudaException {
    try {
      context.module("matmul", target);
      return true;
    } catch (CudaException e) {
      if (e.error() == CudaError.NO_BINARY_FOR_GPU) {
        return false;
      }
      throw e;
    }
  }
}
