package dev.assay.audit;

import dev.assay.log.Tile;
import dev.assay.log.TreeHash;
import dev.assay.log.source.LogSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Compares the hash tiles that a log serves with those that its entries make (C2SP tlog-tiles).
 * Clients prove inclusion from the tiles alone, so a wrong one misleads them even where every entry
 * is right. Keeps one tile a level.
 */
final class TileAudit {
  private final LogSource source;
  private final Findings findings;
  private final List<List<TreeHash>> open = new ArrayList<>();
  private final List<Long> done = new ArrayList<>();

  TileAudit(LogSource source, Findings findings) {
    this.source = source;
    this.findings = findings;
  }

  void append(TreeHash leaf) throws IOException {
    append(0, leaf);
  }

  /** Compares the tiles that are not full, once the last entry has been appended. */
  void end() throws IOException {
    for (int level = 0; level < open.size(); level++) {
      if (!open.get(level).isEmpty()) {
        compare(level);
      }
    }
  }

  private void append(int level, TreeHash hash) throws IOException {
    if (level == open.size()) {
      open.add(new ArrayList<>(Tile.WIDTH));
      done.add(0L);
    }
    List<TreeHash> hashes = open.get(level);
    hashes.add(hash);
    if (hashes.size() < Tile.WIDTH) {
      return;
    }
    compare(level);
    TreeHash root = root(hashes);
    hashes.clear();
    done.set(level, done.get(level) + 1);
    append(level + 1, root);
  }

  private void compare(int level) throws IOException {
    List<TreeHash> hashes = open.get(level);
    Tile tile = new Tile(level, done.get(level), hashes.size());
    Optional<byte[]> file = read(tile);
    if (file.isEmpty()) {
      findings.broken(tile.path(), "the tile is missing");
      return;
    }
    byte[] bytes = file.get();
    if (bytes.length < hashes.size() * TreeHash.LENGTH) {
      findings.broken(
          tile.path(),
          "the tile has " + bytes.length + " bytes, not " + hashes.size() * TreeHash.LENGTH);
      return;
    }
    for (int i = 0; i < hashes.size(); i++) {
      byte[] stored = Arrays.copyOfRange(bytes, i * TreeHash.LENGTH, (i + 1) * TreeHash.LENGTH);
      if (!Arrays.equals(stored, hashes.get(i).bytes())) {
        findings.broken(tile.path(), "hash " + i + " is not that of " + below(tile, i));
        return;
      }
    }
  }

  /** A log may drop a partial tile once it has the full one. */
  private Optional<byte[]> read(Tile tile) throws IOException {
    int limit = Tile.WIDTH * TreeHash.LENGTH;
    Optional<byte[]> exact = source.read(tile.path(), limit);
    return exact.isPresent() || !tile.isPartial() ? exact : source.read(tile.full().path(), limit);
  }

  private static String below(Tile tile, int i) {
    long position = tile.index() * Tile.WIDTH + i;
    return tile.level() == 0
        ? "entry " + position
        : new Tile(tile.level() - 1, position, Tile.WIDTH).path();
  }

  private static TreeHash root(List<TreeHash> hashes) {
    List<TreeHash> row = hashes;
    while (row.size() > 1) {
      List<TreeHash> above = new ArrayList<>(row.size() / 2);
      for (int i = 0; i < row.size(); i += 2) {
        above.add(TreeHash.node(row.get(i), row.get(i + 1)));
      }
      row = above;
    }
    return row.getFirst();
  }
}
