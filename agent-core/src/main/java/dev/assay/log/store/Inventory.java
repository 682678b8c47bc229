package dev.assay.log.store;

import dev.assay.log.Tile;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The tile files of a log of some size, by their names alone: which are missing, and which are
 * there without belonging to it. Looks at one directory at a time, a thousand tiles.
 */
final class Inventory {
  private static final int GROUP = 1000;
  private static final Pattern NAME = Pattern.compile("[0-9]{3}(\\.p)?");
  private static final Pattern PARTIAL = Pattern.compile("[1-9][0-9]{0,2}");

  private final Disk disk;
  private final long size;

  Inventory(Disk disk, long size) {
    this.disk = disk;
    this.size = size;
  }

  /** The first full tile of a level that is not there. */
  Optional<Tile> firstMissing(int level) throws IOException {
    long full = fullTiles(level);
    for (long first = 0; first < full; first += GROUP) {
      Set<String> names = new HashSet<>(disk.list(directory(level, first)));
      for (long index = first; index < Math.min(full, first + GROUP); index++) {
        if (!names.contains("%03d".formatted(index % GROUP))) {
          return Optional.of(new Tile(level, index, Tile.WIDTH));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Deletes the tiles beyond the log's size, which an append that came to nothing has left, and the
   * partial tiles that have become full.
   */
  void sweep() throws IOException {
    long reach = size + LogStore.MAX_BATCH;
    for (int level = Tile.ENTRIES; Tile.neighbours(level, reach) > 0; level++) {
      long last = Tile.neighbours(level, reach) / Tile.WIDTH;
      for (long first = 0; first <= last; first += GROUP) {
        String directory = directory(level, first);
        for (String name : disk.list(directory)) {
          if (NAME.matcher(name).matches()) {
            sweep(level, first + Integer.parseInt(name.substring(0, 3)), directory + "/" + name);
          }
        }
      }
    }
    deleteAll(WholeFiles.TEMPORARY, disk.list(WholeFiles.TEMPORARY));
  }

  private void sweep(int level, long index, String path) throws IOException {
    long full = fullTiles(level);
    if (!path.endsWith(".p")) {
      if (index >= full) {
        disk.delete(path);
      }
      return;
    }
    List<String> names = disk.list(path);
    if (index == full && Tile.width(level, index, size) > 0) {
      int width = Tile.width(level, index, size);
      deleteAll(path, names.stream().filter(name -> isWider(name, width)).toList());
    } else {
      deleteAll(path, names);
      disk.delete(path);
    }
  }

  private static boolean isWider(String name, int width) {
    return PARTIAL.matcher(name).matches() && Integer.parseInt(name) > width;
  }

  private void deleteAll(String directory, List<String> names) throws IOException {
    for (String name : names) {
      disk.delete(directory + "/" + name);
    }
  }

  private long fullTiles(int level) {
    return Tile.neighbours(level, size) / Tile.WIDTH;
  }

  private static String directory(int level, long index) {
    return FileBatch.parent(new Tile(level, index, Tile.WIDTH).path());
  }
}
