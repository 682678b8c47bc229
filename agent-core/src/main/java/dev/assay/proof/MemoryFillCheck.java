package dev.assay.proof;

import java.util.Arrays;
import java.util.List;

/** The check of memory-fill: one label of one pass, computed again (proofs.md §2). */
final class MemoryFillCheck implements Check {
  private static final byte[] ZEROS = new byte[MemoryFill.LABEL_BYTES];
  private static final int CHUNK_LABELS = ChunkTree.CHUNK_BYTES / MemoryFill.LABEL_BYTES;

  private final MemoryFill proof;
  private final List<Hash32> roots;
  private final Picks picks;
  private final FillKey[] keys;

  MemoryFillCheck(MemoryFill proof, DeviceSeed seed, List<Hash32> roots, Picks picks) {
    this.proof = proof;
    this.roots = roots;
    this.picks = picks;
    this.keys = new FillKey[proof.passes() + 1];
    keys[0] = FillKey.first(seed);
    for (int pass = 1; pass < keys.length; pass++) {
      keys[pass] = keys[pass - 1].next(roots.get(pass - 1));
    }
  }

  @Override
  public String fault(int t, List<OpenedChunk> opened) {
    int pass = 1 + t % proof.passes();
    long i = picks.below(t, proof.labels());
    if (!proves(pass, i, opened.get(0))) {
      return ": path";
    }
    if (!proves(pass - 1, i, opened.get(1))) {
      return " self path";
    }
    byte[] self = label(i, opened.get(1));
    if (pass == 1 && !isFirst(i, self)) {
      return ": pass 0";
    }
    byte[] mixed = self.clone();
    for (int j = 1; j <= FillKey.PARENTS; j++) {
      long words = Words.getLong(self, (j - 1) * Long.BYTES);
      long parent = keys[pass].parent(proof, i, j, words);
      int parentPass = parent < i ? pass : pass - 1;
      OpenedChunk chunk = opened.get(1 + j);
      if (!proves(parentPass, parent, chunk)) {
        return " parent " + j + " path";
      }
      byte[] bytes = label(parent, chunk);
      if (parentPass == 0 && !isFirst(parent, bytes)) {
        return " parent " + j + " pass 0";
      }
      for (int n = 0; n < mixed.length; n++) {
        mixed[n] ^= bytes[n];
      }
    }
    return Arrays.equals(keys[pass].label(i, mixed), label(i, opened.get(0))) ? NONE : ": label";
  }

  private boolean isFirst(long i, byte[] label) {
    return Arrays.equals(keys[0].label(i, ZEROS), label);
  }

  private boolean proves(int pass, long i, OpenedChunk chunk) {
    return ChunkTree.proves(roots.get(pass), proof.arrayBytes(), i / CHUNK_LABELS, chunk);
  }

  private static byte[] label(long i, OpenedChunk chunk) {
    int from = (int) (i % CHUNK_LABELS) * MemoryFill.LABEL_BYTES;
    return Arrays.copyOfRange(chunk.chunk(), from, from + MemoryFill.LABEL_BYTES);
  }
}
