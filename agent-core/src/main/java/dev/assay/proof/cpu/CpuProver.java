package dev.assay.proof.cpu;

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

/** The host's processors as one device, {@code cpu:0}. */
public final class CpuProver implements Prover {
  private final int threads;

  /** Uses every processor that the Java machine sees. */
  public CpuProver() {
    this(Runtime.getRuntime().availableProcessors());
  }

  /** Uses {@code threads} processors at once. */
  public CpuProver(int threads) {
    this.threads = threads;
  }

  @Override
  public String device() {
    return "cpu:0";
  }

  @Override
  public Commitment commit(Proof proof, DeviceSeed seed, Progress progress)
      throws InterruptedException, ProverException {
    return switch (proof) {
      case MemoryFill fill -> new MemoryFillProver(fill, seed, threads, progress).commit();
      case Matmul matmul -> new MatmulProver(matmul, seed, threads, progress).commit();
      case HashChain chain -> new HashChainProver(chain, seed, threads, progress).commit();
    };
  }

  @Override
  public Opening open(
      Proof proof, DeviceSeed seed, List<Hash32> roots, Hash32 openingSeed, Progress progress)
      throws InterruptedException, ProverException {
    return switch (proof) {
      case MemoryFill fill ->
          new MemoryFillProver(fill, seed, threads, progress).open(roots, openingSeed);
      case Matmul matmul ->
          new MatmulProver(matmul, seed, threads, progress).open(roots, openingSeed);
      case HashChain chain ->
          new HashChainProver(chain, seed, threads, progress).open(roots, openingSeed);
    };
  }
}
