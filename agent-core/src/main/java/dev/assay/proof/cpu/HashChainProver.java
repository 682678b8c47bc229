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
import dev.assay.proof.Recomputed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Does hash-chain (proofs.md §4): each thread takes one chain at a time, or where there are many
 * more chains than threads, many side by side.
 */
final class HashChainProver {
  /** Some milliseconds' worth of the slowest group, so that an interrupt is seen soon. */
  private static final long STEPS_AT_ONCE = 1 << 10;

  /** With so many chains for each thread or more, lanes are faster than one chain at a time. */
  private static final int WORTH_LANES = 128;

  /** Elsewhere vectors are too narrow to beat the processor's own SHA-256. */
  private static final boolean WIDE_VECTORS =
      Set.of("amd64", "x86_64").contains(System.getProperty("os.arch"));

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
    int size = sideBySide() ? ChainLanes.LANES : 1;
    Workers.run(
        threads,
        (proof.workers() + size - 1) / size,
        () -> index -> runChains((int) index * size, size, bytes, segmentsDone),
        () -> progress.at(segmentsDone.get(), total));
    return new CommittedArray(bytes);
  }

  private boolean sideBySide() {
    return WIDE_VECTORS && proof.workers() >= (long) WORTH_LANES * threads;
  }

  private void runChains(int first, int size, byte[] checkpoints, AtomicLong segmentsDone)
      throws InterruptedException {
    int count = Math.min(size, proof.workers() - first);
    ChainGroup group = group(first, count);
    keep(group, first, count, 0, checkpoints);
    for (int segment = 0; segment < proof.segments(); segment++) {
      for (long left = proof.steps(); left > 0; left -= STEPS_AT_ONCE) {
        group.run(Math.min(left, STEPS_AT_ONCE));
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
      keep(group, first, count, segment + 1, checkpoints);
      segmentsDone.addAndGet(count);
    }
  }

  private ChainGroup group(int first, int count) {
    List<Chain> chains =
        IntStream.range(first, first + count).mapToObj(w -> Chain.of(seed, w)).toList();
    return sideBySide() ? new ChainLanes(chains) : new ChainGroup.One(chains.getFirst());
  }

  private void keep(ChainGroup group, int first, int count, int index, byte[] checkpoints) {
    for (int i = 0; i < count; i++) {
      int at = (int) proof.offsetOf(first + i, index);
      System.arraycopy(group.value(i), 0, checkpoints, at, Hash32.BYTES);
    }
  }
}
