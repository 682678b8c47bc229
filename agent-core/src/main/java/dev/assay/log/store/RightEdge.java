package dev.assay.log.store;

import dev.assay.log.EntryBundle;
import dev.assay.log.Tile;
import dev.assay.log.TileHashes;
import dev.assay.log.TreeHash;
import dev.assay.log.TreeHead;
import java.util.ArrayList;
import java.util.List;

/**
 * What a log must remember of itself to grow: the unfinished tile of each level and the unfinished
 * entry bundle. Immutable, so that a failed append leaves the state as it was.
 *
 * @param size how many entries the log has
 * @param rows the hashes of the unfinished tile of each level, lowest first, each fewer than 256
 * @param entries the entries of the unfinished bundle, fewer than 256
 */
record RightEdge(long size, List<TileHashes> rows, List<byte[]> entries) {
  static final RightEdge EMPTY = new RightEdge(0, List.of(), List.of());

  RightEdge {
    rows = List.copyOf(rows);
    entries = List.copyOf(entries);
  }

  /** The state after some growth, and the files that changed: bundles before their tiles. */
  record Growth(RightEdge edge, List<TileFile> files) {}

  /** Size and root of the tree. */
  TreeHead head() {
    return new TreeHead(size, root());
  }

  /** The unfinished tiles and the unfinished bundle as files. */
  List<TileFile> files() {
    List<TileFile> files = new ArrayList<>();
    if (!entries.isEmpty()) {
      files.add(bundle(size / Tile.WIDTH, entries));
    }
    for (int level = 0; level < rows.size(); level++) {
      if (rows.get(level).width() > 0) {
        files.add(tile(level, size, rows.get(level)));
      }
    }
    return files;
  }

  /**
   * Adds entries with their leaf hashes. A bundle and a tile are written once when they become
   * full, and once for the end of this growth while they are not.
   */
  Growth grow(List<byte[]> more, List<TreeHash> leaves) {
    List<TileFile> full = new ArrayList<>();
    RightEdge edge = this;
    int taken = 0;
    while (taken < more.size()) {
      int room = Tile.WIDTH - edge.entries.size();
      int end = Math.min(more.size(), taken + room);
      edge = edge.extend(more.subList(taken, end), leaves.subList(taken, end), full);
      taken = end;
    }
    full.addAll(edge.changedSince(this));
    return new Growth(edge, full);
  }

  /** Adds no more entries than the unfinished bundle has room for. */
  private RightEdge extend(List<byte[]> more, List<TreeHash> leaves, List<TileFile> full) {
    long newSize = size + more.size();
    List<byte[]> bundle = new ArrayList<>(entries);
    bundle.addAll(more);
    if (bundle.size() == Tile.WIDTH) {
      full.add(bundle(size / Tile.WIDTH, bundle));
      bundle = List.of();
    }
    List<TileHashes> newRows = new ArrayList<>(rows);
    List<TreeHash> added = leaves;
    for (int level = 0; !added.isEmpty(); level++) {
      if (level == newRows.size()) {
        newRows.add(TileHashes.NONE);
      }
      TileHashes row = newRows.get(level).plus(added);
      boolean finished = row.width() == Tile.WIDTH;
      added = finished ? List.of(row.subtree(Tile.HEIGHT, 0)) : List.of();
      newRows.set(level, finished ? TileHashes.NONE : row);
      if (finished) {
        full.add(tile(level, newSize - 1, row));
      }
    }
    return new RightEdge(newSize, newRows, bundle);
  }

  /** A level's unfinished tile is as it was unless entries have come to the subtrees it covers. */
  private List<TileFile> changedSince(RightEdge before) {
    return files().stream()
        .filter(
            file ->
                Tile.neighbours(file.tile().level(), size)
                    != Tile.neighbours(file.tile().level(), before.size))
        .toList();
  }

  /** The file of the tile of a level that covers the entry at {@code index}. */
  private static TileFile tile(int level, long index, TileHashes row) {
    long number = Tile.neighbours(level, index) / Tile.WIDTH;
    return new TileFile(new Tile(level, number, row.width()), row::bytes);
  }

  private static TileFile bundle(long number, List<byte[]> entries) {
    List<byte[]> kept = List.copyOf(entries);
    return new TileFile(Tile.entries(number, kept.size()), () -> EntryBundle.encode(kept));
  }

  /** From the smallest complete subtree at the right to the largest at the left. */
  private TreeHash root() {
    TreeHash root = null;
    for (TileHashes row : rows) {
      int end = row.width();
      for (int height = 0; height < Tile.HEIGHT; height++) {
        int count = 1 << height;
        if ((row.width() & count) != 0) {
          end -= count;
          TreeHash peak = row.subtree(height, end >> height);
          root = root == null ? peak : TreeHash.node(peak, root);
        }
      }
    }
    return root == null ? TreeHash.EMPTY : root;
  }
}
