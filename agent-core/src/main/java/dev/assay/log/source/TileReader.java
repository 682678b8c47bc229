package dev.assay.log.source;

import dev.assay.log.HashReader;
import dev.assay.log.LogFormatException;
import dev.assay.log.Tile;
import dev.assay.log.TileHashes;
import dev.assay.log.TreeHash;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The hashes of a log of some size out of its tiles; keeps the tiles used last. */
final class TileReader implements HashReader {
  private static final int KEPT = 64;

  private final LogSource source;
  private final long size;
  private final Map<Tile, TileHashes> kept =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Tile, TileHashes> eldest) {
          return size() > KEPT;
        }
      };

  TileReader(LogSource source, long size) {
    this.source = source;
    this.size = size;
  }

  @Override
  public TreeHash read(int level, long index) throws IOException {
    int height = level % Tile.HEIGHT;
    long first = index << height;
    long number = first / Tile.WIDTH;
    int tileLevel = level / Tile.HEIGHT;
    Tile tile = new Tile(tileLevel, number, Tile.width(tileLevel, number, size));
    int at = (int) (index - ((number * Tile.WIDTH) >> height));
    return hashes(tile).subtree(height, at);
  }

  private TileHashes hashes(Tile tile) throws IOException {
    TileHashes known = kept.get(tile);
    if (known == null) {
      known = fetch(tile);
      kept.put(tile, known);
    }
    return known;
  }

  private TileHashes fetch(Tile tile) throws IOException {
    for (Tile candidate : tile.isPartial() ? new Tile[] {tile, tile.full()} : new Tile[] {tile}) {
      int bytes = candidate.width() * TreeHash.LENGTH;
      Optional<byte[]> file = source.read(candidate.path(), bytes);
      if (file.isPresent()) {
        return TileHashes.decode(candidate, file.get());
      }
    }
    throw new LogFormatException("the log lacks " + tile.path());
  }
}
