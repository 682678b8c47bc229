package dev.assay.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Roots and proofs of a log and of every earlier state of it, computed from the hashes of complete
 * subtrees (RFC 6962 §2.1). Reads about log₂ n hashes for each answer.
 */
public record MerkleTree(HashReader hashes) {
  /** The root over the first {@code size} entries. */
  public TreeHash root(long size) throws IOException {
    if (size < 0) {
      throw new LogFormatException("a tree cannot have " + size + " entries");
    }
    return size == 0 ? TreeHash.EMPTY : range(0, size);
  }

  /** Size and root of the tree over the first {@code size} entries. */
  public TreeHead head(long size) throws IOException {
    return new TreeHead(size, root(size));
  }

  /** Proof that the entry at {@code index} is in the tree of {@code size} entries. */
  public InclusionProof inclusion(long index, long size) throws IOException {
    if (index < 0 || index >= size) {
      throw new LogFormatException("there is no entry " + index + " among " + size);
    }
    List<TreeHash> path = new ArrayList<>();
    inclusion(index, 0, size, path);
    return new InclusionProof(index, size, path);
  }

  /** Proof that the tree of {@code newSize} entries begins with that of {@code oldSize}. */
  public ConsistencyProof consistency(long oldSize, long newSize) throws IOException {
    if (oldSize < 0 || oldSize > newSize) {
      throw new LogFormatException(
          "a tree of " + newSize + " entries does not begin with one of " + oldSize);
    }
    List<TreeHash> path = new ArrayList<>();
    if (oldSize > 0 && oldSize < newSize) {
      consistency(oldSize, 0, newSize, true, path);
    }
    return new ConsistencyProof(oldSize, newSize, path);
  }

  /** PATH(m, D[n]) of RFC 6962 §2.1.1, over the entries from {@code low} up to {@code high}. */
  private void inclusion(long index, long low, long high, List<TreeHash> path) throws IOException {
    if (high - low == 1) {
      return;
    }
    long middle = low + split(high - low);
    if (index < middle) {
      inclusion(index, low, middle, path);
      path.add(range(middle, high));
    } else {
      inclusion(index, middle, high, path);
      path.add(range(low, middle));
    }
  }

  /** SUBPROOF(m, D[n], b) of RFC 6962 §2.1.2; {@code known} is b: the reader has this root. */
  private void consistency(long oldSize, long low, long high, boolean known, List<TreeHash> path)
      throws IOException {
    if (oldSize == high) {
      if (!known) {
        path.add(range(low, high));
      }
      return;
    }
    long middle = low + split(high - low);
    if (oldSize <= middle) {
      consistency(oldSize, low, middle, known, path);
      path.add(range(middle, high));
    } else {
      consistency(oldSize, middle, high, false, path);
      path.add(range(low, middle));
    }
  }

  private TreeHash range(long low, long high) throws IOException {
    long count = high - low;
    if (Long.bitCount(count) == 1) {
      int level = Long.numberOfTrailingZeros(count);
      return hashes.read(level, low >> level);
    }
    long middle = low + split(count);
    return TreeHash.node(range(low, middle), range(middle, high));
  }

  /** The largest power of two below {@code count}. */
  private static long split(long count) {
    return Long.highestOneBit(count - 1);
  }
}
