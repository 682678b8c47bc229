package dev.assay.log.store;

import dev.assay.log.Tile;

/** A tile or entry bundle with its content. */
record TileFile(Tile tile, Content content) {
  /** The bytes of a file, made when they are needed. */
  @FunctionalInterface
  interface Content {
    byte[] bytes();
  }

  String path() {
    return tile.path();
  }

  byte[] bytes() {
    return content.bytes();
  }
}
