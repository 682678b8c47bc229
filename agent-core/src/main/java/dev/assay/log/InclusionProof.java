package dev.assay.log;

import java.util.List;

/**
 * The sibling hashes from an entry up to the root: proof that the entry is number {@code index} of
 * a tree of {@code size} entries (RFC 9162 §2.1.3).
 */
public record InclusionProof(long index, long size, List<TreeHash> path) {
  /** Refuses an index outside the tree; the path is judged by {@link #root}. */
  public InclusionProof {
    path = List.copyOf(path);
    if (index < 0 || index >= size) {
      throw new LogFormatException("there is no entry " + index + " among " + size);
    }
  }

  /**
   * The root that follows if the entry with this leaf hash is where the proof says. Compare it with
   * a root from a signed checkpoint of the same size. A path of the wrong length is refused.
   */
  public TreeHash root(TreeHash leaf) {
    long node = index;
    long last = size - 1;
    TreeHash hash = leaf;
    for (TreeHash sibling : path) {
      if (last == 0) {
        throw tooLong();
      }
      if ((node & 1) == 1 || node == last) {
        hash = TreeHash.node(sibling, hash);
        int up = Long.numberOfTrailingZeros(node);
        node >>= up;
        last >>= up;
      } else {
        hash = TreeHash.node(hash, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    if (last != 0) {
      throw new LogFormatException("the inclusion proof has too few hashes");
    }
    return hash;
  }

  private static LogFormatException tooLong() {
    return new LogFormatException("the inclusion proof has too many hashes");
  }

  /** Whether the proof leads from this leaf hash to this root. */
  public boolean proves(TreeHash leaf, TreeHead head) {
    return head.size() == size && root(leaf).equals(head.root());
  }
}
