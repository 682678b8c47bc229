package dev.assay.gpu.proof;

import dev.assay.gpu.cuda.CudaContext;
import dev.assay.gpu.cuda.CudaDevice;
import dev.assay.gpu.cuda.CudaException;
import dev.assay.gpu.cuda.Remedy;
import dev.assay.proof.Commitment;
import dev.assay.proof.DeviceSeed;
import dev.assay.proof.Hash32;
import dev.assay.proof.HashChain;
import dev.assay.proof.Matmul;
import dev.assay.proof.MemoryFill;
import dev.assay.proof.Opening;
import dev.assay.proof.Progress;
import dev.assay.proof.Proof;
import dev.assay.proof.Prover;
import dev.assay.proof.ProverException;
import java.util.List;
import java.util.Optional;

/** One NVIDIA device. Several devices of a host prove at once, each with its own prover. */
public final class CudaProver implements Prover {
  /** What every proof of a device is made with. */
  static final String MODULE = "proof";

  private final CudaDevice device;

  /** Proves with this device. */
  public CudaProver(CudaDevice device) {
    this.device = device;
  }

  /** The device that proves. */
  public CudaDevice cuda() {
    return device;
  }

  /**
   * Has the driver compile the kernels, which it keeps on disk for later: a challenge's clock runs
   * while it does.
   *
   * @throws ProverException if the device cannot prove
   */
  public void prepare() throws InterruptedException, ProverException {
    use(
        context -> {
          context.module(MODULE);
          ProductKernel.load(context);
          return Optional.empty();
        },
        new Steps(Progress.NONE));
  }

  @Override
  public String device() {
    return device.id();
  }

  @Override
  public Optional<String> refuses(Proof proof) {
    return proof instanceof HashChain
        ? Optional.of(
            "hash-chain measures processors and "
                + device()
                + " is a GPU: ask cpu:0 for it, and this device for memory-fill or matmul")
        : Optional.empty();
  }

  @Override
  public Commitment commit(Proof proof, DeviceSeed seed, Progress progress)
      throws InterruptedException, ProverException {
    requireWilling(proof);
    Steps steps = new Steps(progress);
    return use(
        context ->
            switch (proof) {
              case MemoryFill fill -> FillProver.commit(context, fill, seed, steps);
              case Matmul matmul -> MatmulProver.commit(context, matmul, seed, steps);
              case HashChain chain -> throw new IllegalArgumentException(chain.parameters());
            },
        steps);
  }

  @Override
  public Opening open(
      Proof proof, DeviceSeed seed, List<Hash32> roots, Hash32 openingSeed, Progress progress)
      throws InterruptedException, ProverException {
    requireWilling(proof);
    Steps steps = new Steps(progress);
    return use(
        context ->
            switch (proof) {
              case MemoryFill fill ->
                  FillProver.open(context, fill, seed, roots, openingSeed, steps);
              case Matmul matmul ->
                  MatmulProver.open(context, matmul, seed, roots, openingSeed, steps);
              case HashChain chain -> throw new IllegalArgumentException(chain.parameters());
            },
        steps);
  }

  private void requireWilling(Proof proof) throws ProverException {
    Optional<String> refusal = refuses(proof);
    if (refusal.isPresent()) {
      throw new ProverException(ProverException.Remedy.STOP, refusal.get(), null);
    }
  }

  @FunctionalInterface
  private interface Work<T> {
    T run(CudaContext context) throws CudaException, InterruptedException, ProverException;
  }

  private <T> T use(Work<T> work, Steps steps) throws InterruptedException, ProverException {
    try {
      return device.use(work::run, steps::tell);
    } catch (CudaException e) {
      throw new ProverException(
          e.error().remedy() == Remedy.RETRY
              ? ProverException.Remedy.RETRY
              : ProverException.Remedy.STOP,
          e.getMessage(),
          e);
    }
  }
}
