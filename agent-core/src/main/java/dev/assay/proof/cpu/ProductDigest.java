package dev.assay.proof.cpu;

import dev.assay.proof.ChunkTree;
import dev.assay.proof.ChunkValues;
import dev.assay.proof.Hash32;
import dev.assay.proof.Matmul;
import dev.assay.proof.OpenedChunk;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The cell digests of one product, hashed band by band as tiles are finished: only the bands in
 * work are in memory, and of each chunk its chaining value, 16 MiB for the largest product. A band
 * is always whole chunks, since n and its height are multiples of 128.
 */
final class ProductDigest {
  private final Tiling tiling;
  private final Set<Integer> wanted;
  private final ChunkValues values;
  private final Map<Integer, Band> bands = new ConcurrentHashMap<>();
  private final Map<Integer, byte[]> kept = new ConcurrentHashMap<>();
  private final AtomicLong tilesDone = new AtomicLong();

  /** Keeps the bytes of the chunks {@code wanted}, which can be opened afterwards. */
  ProductDigest(Tiling tiling, Set<Integer> wanted) {
    this.tiling = tiling;
    this.wanted = wanted;
    long length = offset(tiling.n());
    this.values = new ChunkValues(Math.toIntExact(ChunkTree.chunks(length)));
  }

  /** The band that a tile's digests go to. */
  Band band(long tile) {
    return bands.computeIfAbsent(tiling.band(tile), Band::new);
  }

  long tilesDone() {
    return tilesDone.get();
  }

  /** The root, once every tile is done. */
  Hash32 root() {
    return values.root();
  }

  /** One of the wanted chunks, once every tile is done. */
  OpenedChunk open(int chunk) {
    return new OpenedChunk(kept.get(chunk), values.path(chunk));
  }

  /** Where the digests of the cells of row {@code row} begin. */
  private long offset(int row) {
    long cellsARow = tiling.n() / Matmul.CELL;
    return row / Matmul.CELL * cellsARow * Long.BYTES;
  }

  /** The cell digests of one band of rows. */
  final class Band {
    private final int index;
    private final byte[] cells;
    private final AtomicInteger tilesLeft = new AtomicInteger(tiling.bands());

    private Band(int index) {
      this.index = index;
      int firstRow = index * tiling.side();
      this.cells = new byte[(int) offset(tiling.extent(firstRow))];
    }

    /** Sets the digest of the cell at {@code row} of the band and {@code column}. */
    void put(int row, int column, long digest) {
      int at = (int) offset(row) + column / Matmul.CELL * Long.BYTES;
      LittleEndian.putLong(cells, at, digest);
    }

    /** One more tile of the band is complete; the last one hashes the band. */
    void tileDone() {
      if (tilesLeft.decrementAndGet() == 0) {
        hash();
        bands.remove(index);
      }
      tilesDone.incrementAndGet();
    }

    private void hash() {
      int first = (int) (offset(index * tiling.side()) / ChunkTree.CHUNK_BYTES);
      for (int from = 0; from < cells.length; from += ChunkTree.CHUNK_BYTES) {
        int chunk = first + from / ChunkTree.CHUNK_BYTES;
        values.set(chunk, cells, from, ChunkTree.CHUNK_BYTES);
        if (wanted.contains(chunk)) {
          kept.put(chunk, Arrays.copyOfRange(cells, from, from + ChunkTree.CHUNK_BYTES));
        }
      }
    }
  }
}
