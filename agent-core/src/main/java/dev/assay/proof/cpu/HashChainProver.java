package dev.assay.proof.cpu;

import dev.assay.proof.Chain;
import dev.assay.proof.Commitment;
import dev.assay.proof.CommittedArray;
import dev.assay.proof.DeviceSeed;
import dev.assay.proof.Hash32;
import dev.assay.proof.HashChain;
import dev.assay.proof.OpenedChunk;
import dev.assay.proof.Opening;
import dev.assay.proof.Picks;
import dev.assay.proof.Progress;
import dev.assay.proof.ProverException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Does hash-chain: one thread runs one chain at a time (proofs.md §4). */
final class HashChainProver {
  /** Some milliseconds' worth, so that an interrupt is seen soon. */
  private static final long STEPS_AT_ONCE = 1 << 16;

  private final HashChain proof;
  private final DeviceSeed seed;
  private final int threads;
  private final Progress progress;

  HashChainProver(HashChain proof, DeviceSeed seed, int threads, Progress progress) {
    this.proof = proof;
    this.seed = seed;
    this.threads = threads;
    this.progress = progress;
  }

  Commitment commit() throws InterruptedException, ProverException {
    return new Commitment(List.of(checkpoints().root()));
  }

  Opening open(List<Hash32> roots, Hash32 openingSeed)
      throws InterruptedException, ProverException {
    CommittedArray array = checkpoints();
    Recomputed.requireSame(List.of(array.root()), roots);
    Picks picks = Picks.of(seed, roots, openingSeed);
    List<List<OpenedChunk>> checks = new ArrayList<>();
    for (int t = 0; t < proof.checks(); t++) {
      int worker = (int) picks.below(2 * t, proof.workers());
      int segment = (int) picks.below(2 * t + 1, proof.segments());
      checks.add(
          List.of(
              array.open(proof.chunkOf(worker, segment)),
              array.open(proof.chunkOf(worker, segment + 1))));
    }
    return new Opening(checks);
  }

  private CommittedArray checkpoints() throws InterruptedException, ProverException {
    byte[] bytes = new byte[Math.toIntExact(proof.arrayBytes())];
    long total = (long) proof.workers() * proof.segments();
    AtomicLong segmentsDone = new AtomicLong();
    Workers.run(
        threads,
        proof.workers(),
        () -> worker -> runChain((int) worker, bytes, segmentsDone),
        () -> progress.at(segmentsDone.get(), total));
    return new CommittedArray(bytes);
  }

  private void runChain(int worker, byte[] checkpoints, AtomicLong segmentsDone)
      throws InterruptedException {
    Chain chain = Chain.of(seed, worker);
    keep(chain, worker, 0, checkpoints);
    for (int segment = 0; segment < proof.segments(); segment++) {
      for (long left = proof.steps(); left > 0; left -= STEPS_AT_ONCE) {
        chain.run(Math.min(left, STEPS_AT_ONCE));
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
      keep(chain, worker, segment + 1, checkpoints);
      segmentsDone.incrementAndGet();
    }
  }

  private void keep(Chain chain, int worker, int index, byte[] checkpoints) {
    int at = (int) proof.offsetOf(worker, index);
    System.arraycopy(chain.value(), 0, checkpoints, at, Hash32.BYTES);
  }
}
