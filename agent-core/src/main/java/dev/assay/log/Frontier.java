package dev.assay.log;

import java.util.ArrayList;
import java.util.List;

/**
 * The right edge of a growing tree: the roots of the complete subtrees that make it up, largest
 * first, at most 63 of them. It is all the memory needed to go on appending and to know the root,
 * however many entries there are.
 */
public final class Frontier {
  private final List<TreeHash> peaks = new ArrayList<>();
  private long size;

  /** Adds one entry by its leaf hash. */
  public void append(TreeHash leaf) {
    TreeHash hash = leaf;
    for (long rest = size; (rest & 1) == 1; rest >>= 1) {
      hash = TreeHash.node(peaks.removeLast(), hash);
    }
    peaks.add(hash);
    size++;
  }

  /** How many entries were added. */
  public long size() {
    return size;
  }

  /** The root over all entries so far. */
  public TreeHash root() {
    if (peaks.isEmpty()) {
      return TreeHash.EMPTY;
    }
    TreeHash hash = peaks.getLast();
    for (int i = peaks.size() - 2; i >= 0; i--) {
      hash = TreeHash.node(peaks.get(i), hash);
    }
    return hash;
  }

  /** Size and root together. */
  public TreeHead head() {
    return new TreeHead(size, root());
  }
}
