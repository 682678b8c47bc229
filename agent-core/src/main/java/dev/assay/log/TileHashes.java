package dev.assay.log;

import java.util.Arrays;

/**
 * The content of a hash tile: a row of up to 256 neighbouring subtree hashes, 32 bytes each.
 * Immutable.
 */
public final class TileHashes {
  /** A row without hashes. */
  public static final TileHashes NONE = new TileHashes(new byte[0]);

  private final byte[] row;

  private TileHashes(byte[] row) {
    this.row = row;
  }

  /** The content of a tile's file, which must have exactly the tile's width. */
  public static TileHashes decode(Tile tile, byte[] file) {
    if (file.length != tile.width() * TreeHash.LENGTH) {
      throw new LogFormatException(
          "%s has %d bytes, not the %d of its %d hashes"
              .formatted(tile.path(), file.length, tile.width() * TreeHash.LENGTH, tile.width()));
    }
    return new TileHashes(file.clone());
  }

  /** The row with these hashes after its own; at most 256 in all. */
  public TileHashes plus(Iterable<TreeHash> more) {
    byte[] longer = Arrays.copyOf(row, Tile.WIDTH * TreeHash.LENGTH);
    int length = row.length;
    for (TreeHash hash : more) {
      hash.copyTo(longer, length);
      length += TreeHash.LENGTH;
    }
    return new TileHashes(Arrays.copyOf(longer, length));
  }

  /** How many hashes there are. */
  public int width() {
    return row.length / TreeHash.LENGTH;
  }

  /** The file's bytes. */
  public byte[] bytes() {
    return row.clone();
  }

  /** The root over 2^{@code height} of the hashes, from number {@code index} · 2^height on. */
  public TreeHash subtree(int height, int index) {
    if (height == 0) {
      return TreeHash.at(row, index * TreeHash.LENGTH);
    }
    return TreeHash.node(subtree(height - 1, 2 * index), subtree(height - 1, 2 * index + 1));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TileHashes hashes && Arrays.equals(row, hashes.row);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(row);
  }

  /** How many hashes there are, for messages. */
  @Override
  public String toString() {
    return width() + " hashes";
  }
}
