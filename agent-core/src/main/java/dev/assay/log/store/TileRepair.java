package dev.assay.log.store;

import dev.assay.log.LogFormatException;
import dev.assay.log.Tile;
import dev.assay.log.TileHashes;
import dev.assay.log.TreeHash;
import dev.assay.log.TreeHead;
import dev.assay.log.source.LogReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads the right edge of a log that a checkpoint covers, and mends its tiles on the way. Each row
 * of the edge is computed from the level below, so that a lost or damaged unfinished tile is simply
 * written again. If that does not lead to the checkpoint's root, all tiles are made again from the
 * entries; if not even the entries lead there, the log is refused and nothing was changed.
 */
final class TileRepair {
  private final Disk disk;
  private final LogReader reader;
  private final WholeFiles files;

  TileRepair(Disk disk, LogReader reader, WholeFiles files) {
    this.disk = disk;
    this.reader = reader;
    this.files = files;
  }

  /** The right edge of the log with this head. */
  RightEdge edge(TreeHead head) throws IOException {
    RightEdge edge = fromBelow(head).orElse(null);
    FileBatch batch = files.batch();
    if (edge == null) {
      requireEntries(head);
      edge = rebuild(head, batch);
    }
    for (TileFile file : edge.files()) {
      mend(file, batch);
    }
    batch.sync();
    return edge;
  }

  /** The edge out of the tiles, if these are all there and lead to the root. */
  private Optional<RightEdge> fromBelow(TreeHead head) throws IOException {
    for (int level = Tile.ENTRIES; Tile.neighbours(level, head.size()) > 0; level++) {
      if (new Inventory(disk, head.size()).firstMissing(level).isPresent()) {
        return Optional.empty();
      }
    }
    try {
      RightEdge edge = read(head.size());
      return edge.head().equals(head) ? Optional.of(edge) : Optional.empty();
    } catch (LogFormatException e) {
      return Optional.empty();
    }
  }

  private RightEdge read(long size) throws IOException {
    if (size == 0) {
      return RightEdge.EMPTY;
    }
    long last = (size - 1) / Tile.WIDTH;
    List<byte[]> bundle = reader.bundle(last, size);
    TileHashes leaves = TileHashes.NONE.plus(bundle.stream().map(TreeHash::leaf).toList());
    boolean full = bundle.size() == Tile.WIDTH;
    if (full && !leaves.equals(fullTile(0, last))) {
      throw new LogFormatException("the last tile is not that of the last entries");
    }
    List<TileHashes> rows = new ArrayList<>();
    rows.add(full ? TileHashes.NONE : leaves);
    for (int level = 1; Tile.neighbours(level, size) > 0; level++) {
      rows.add(row(level, size));
    }
    return new RightEdge(size, rows, full ? List.of() : bundle);
  }

  /** The unfinished tile of a level, from the full tiles below it. */
  private TileHashes row(int level, long size) throws IOException {
    long end = Tile.neighbours(level, size);
    List<TreeHash> hashes = new ArrayList<>();
    for (long index = end - end % Tile.WIDTH; index < end; index++) {
      hashes.add(fullTile(level - 1, index).subtree(Tile.HEIGHT, 0));
    }
    return TileHashes.NONE.plus(hashes);
  }

  private TileHashes fullTile(int level, long index) throws IOException {
    Tile tile = new Tile(level, index, Tile.WIDTH);
    byte[] file =
        disk.read(tile.path(), Tile.WIDTH * TreeHash.LENGTH)
            .orElseThrow(() -> new LogFormatException("the log lacks " + tile.path()));
    return TileHashes.decode(tile, file);
  }

  private void requireEntries(TreeHead head) throws IOException {
    TreeHead found;
    try {
      found = reader.read(head.size(), (index, entry) -> {});
    } catch (LogFormatException e) {
      throw refused(head, e.getMessage());
    }
    if (!found.equals(head)) {
      throw refused(head, "the entries that are there lead to another root");
    }
  }

  private LogRefusedException refused(TreeHead head, String found) {
    return new LogRefusedException(
        "the log in %s has a checkpoint over %d entries that are not all there (%s):"
                .formatted(disk, head.size(), found)
            + " put the lost files back from a copy");
  }

  /** Makes every full tile again from the entries, which were found to be right. */
  private RightEdge rebuild(TreeHead head, FileBatch batch) throws IOException {
    RightEdge edge = RightEdge.EMPTY;
    while (edge.size() < head.size()) {
      List<byte[]> bundle = reader.bundle(edge.size() / Tile.WIDTH, head.size());
      RightEdge.Growth growth = edge.grow(bundle, bundle.stream().map(TreeHash::leaf).toList());
      for (TileFile file : growth.files()) {
        if (!file.tile().isPartial()) {
          mend(file, batch);
        }
      }
      edge = growth.edge();
    }
    return edge;
  }

  private void mend(TileFile file, FileBatch batch) throws IOException {
    byte[] bytes = file.bytes();
    if (!holds(file.path(), bytes)) {
      batch.put(file.path(), bytes);
    }
  }

  private boolean holds(String path, byte[] bytes) throws IOException {
    try {
      return disk.read(path, bytes.length).filter(found -> Arrays.equals(found, bytes)).isPresent();
    } catch (LogFormatException e) {
      return false;
    }
  }
}
