package dev.assay.log;

import java.util.List;

/**
 * The hashes that lead to both an old root and a new one: proof that the tree of {@code newSize}
 * entries begins with the tree of {@code oldSize} (RFC 9162 §2.1.4).
 */
public record ConsistencyProof(long oldSize, long newSize, List<TreeHash> path) {
  /** Refuses sizes that shrink; the path is judged by {@link #proves}. */
  public ConsistencyProof {
    path = List.copyOf(path);
    if (oldSize < 0 || oldSize > newSize) {
      throw new LogFormatException(
          "a tree of " + newSize + " entries does not begin with one of " + oldSize);
    }
  }

  /** Whether the proof shows that {@code newer} begins with {@code older}. */
  public boolean proves(TreeHead older, TreeHead newer) {
    if (older.size() != oldSize || newer.size() != newSize) {
      return false;
    }
    if (oldSize == newSize) {
      return path.isEmpty() && older.root().equals(newer.root());
    }
    if (oldSize == 0) {
      return path.isEmpty();
    }
    return walk(older.root(), newer.root());
  }

  private boolean walk(TreeHash oldRoot, TreeHash newRoot) {
    int shared = Long.numberOfTrailingZeros(oldSize);
    long node = (oldSize - 1) >> shared;
    long last = (newSize - 1) >> shared;
    // Where the old tree is one complete subtree, its root starts the walk and is left out.
    int next = node == 0 ? 0 : 1;
    if (path.size() < next) {
      return false;
    }
    TreeHash start = next == 0 ? oldRoot : path.getFirst();
    TreeHash oldHash = start;
    TreeHash newHash = start;
    for (TreeHash sibling : path.subList(next, path.size())) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        oldHash = TreeHash.node(sibling, oldHash);
        newHash = TreeHash.node(sibling, newHash);
        int up = Long.numberOfTrailingZeros(node);
        node >>= up;
        last >>= up;
      } else {
        newHash = TreeHash.node(newHash, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && oldHash.equals(oldRoot) && newHash.equals(newRoot);
  }
}
