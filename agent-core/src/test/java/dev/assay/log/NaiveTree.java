package dev.assay.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** RFC 6962 §2.1 written down as it stands, to judge the faster code by. */
public record NaiveTree(List<TreeHash> leaves) implements HashReader {
  /** The tree over the entries {@code leaf-0}, {@code leaf-1}, … */
  public static NaiveTree ofNumberedLeaves(int size) {
    return new NaiveTree(
        IntStream.range(0, size).mapToObj(i -> TreeHash.leaf(numberedLeaf(i))).toList());
  }

  public static byte[] numberedLeaf(long index) {
    return ("leaf-" + index).getBytes(StandardCharsets.US_ASCII);
  }

  public TreeHead head(int size) {
    return new TreeHead(size, root(leaves.subList(0, size)));
  }

  static TreeHash root(List<TreeHash> leaves) {
    return switch (leaves.size()) {
      case 0 -> TreeHash.EMPTY;
      case 1 -> leaves.getFirst();
      default -> {
        int k = split(leaves.size());
        yield TreeHash.node(root(leaves.subList(0, k)), root(leaves.subList(k, leaves.size())));
      }
    };
  }

  List<TreeHash> inclusion(int index, int size) {
    return inclusion(index, leaves.subList(0, size));
  }

  private static List<TreeHash> inclusion(int index, List<TreeHash> leaves) {
    if (leaves.size() == 1) {
      return List.of();
    }
    int k = split(leaves.size());
    List<TreeHash> left = leaves.subList(0, k);
    List<TreeHash> right = leaves.subList(k, leaves.size());
    return index < k
        ? plus(inclusion(index, left), root(right))
        : plus(inclusion(index - k, right), root(left));
  }

  List<TreeHash> consistency(int oldSize, int newSize) {
    return oldSize == 0 ? List.of() : subproof(oldSize, leaves.subList(0, newSize), true);
  }

  private static List<TreeHash> subproof(int m, List<TreeHash> leaves, boolean known) {
    if (m == leaves.size()) {
      return known ? List.of() : List.of(root(leaves));
    }
    int k = split(leaves.size());
    List<TreeHash> left = leaves.subList(0, k);
    List<TreeHash> right = leaves.subList(k, leaves.size());
    return m <= k
        ? plus(subproof(m, left, known), root(right))
        : plus(subproof(m - k, right, false), root(left));
  }

  @Override
  public TreeHash read(int level, long index) {
    int from = (int) (index << level);
    return root(leaves.subList(from, from + (1 << level)));
  }

  private static int split(int size) {
    return Integer.highestOneBit(size - 1);
  }

  private static List<TreeHash> plus(List<TreeHash> path, TreeHash last) {
    List<TreeHash> more = new ArrayList<>(path);
    more.add(last);
    return more;
  }
}
