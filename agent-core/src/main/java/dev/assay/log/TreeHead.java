package dev.assay.log;

import java.util.Objects;

/** The state of a log: its number of entries and the root of the tree over them. */
public record TreeHead(long size, TreeHash root) {
  /** The state of a log without entries. */
  public static final TreeHead EMPTY = new TreeHead(0, TreeHash.EMPTY);

  /** Refuses a negative size, and a size of 0 with any root but the empty tree's. */
  public TreeHead {
    Objects.requireNonNull(root, "root");
    if (size < 0) {
      throw new LogFormatException("a tree cannot have " + size + " entries");
    }
    if (size == 0 && !root.equals(TreeHash.EMPTY)) {
      throw new LogFormatException("an empty tree has one root only, and this is another");
    }
  }
}
