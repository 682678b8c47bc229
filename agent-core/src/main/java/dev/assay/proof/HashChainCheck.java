package dev.assay.proof;

import java.util.Arrays;
import java.util.List;

/** The check of hash-chain: one segment of one worker's chain, run again (proofs.md §4). */
final class HashChainCheck implements Check {
  private final HashChain proof;
  private final DeviceSeed seed;
  private final Hash32 root;
  private final Picks picks;

  HashChainCheck(HashChain proof, DeviceSeed seed, List<Hash32> roots, Picks picks) {
    this.proof = proof;
    this.seed = seed;
    this.root = roots.getFirst();
    this.picks = picks;
  }

  @Override
  public String fault(int t, List<OpenedChunk> opened) {
    int worker = (int) picks.below(2 * t, proof.workers());
    int segment = (int) picks.below(2 * t + 1, proof.segments());
    if (!proves(worker, segment, opened.get(0))) {
      return ": path";
    }
    if (!proves(worker, segment + 1, opened.get(1))) {
      return " next checkpoint path";
    }
    Chain chain = Chain.of(seed, worker);
    byte[] start = checkpoint(worker, segment, opened.get(0));
    if (segment == 0 && !Arrays.equals(start, chain.value())) {
      return ": start";
    }
    chain.restart(start);
    chain.run(proof.steps());
    byte[] end = checkpoint(worker, segment + 1, opened.get(1));
    return Arrays.equals(end, chain.value()) ? NONE : ": segment";
  }

  private boolean proves(int worker, int index, OpenedChunk opened) {
    return ChunkTree.proves(root, proof.arrayBytes(), proof.chunkOf(worker, index), opened);
  }

  private byte[] checkpoint(int worker, int index, OpenedChunk opened) {
    int from = (int) (proof.offsetOf(worker, index) % ChunkTree.CHUNK_BYTES);
    return Arrays.copyOfRange(opened.chunk(), from, from + Hash32.BYTES);
  }
}
