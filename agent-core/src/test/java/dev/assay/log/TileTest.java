package dev.assay.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and contents of tiles and entry bundles (C2SP tlog-tiles). */
class TileTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 256, tile/0/000",
    "0, 273, 256, tile/0/273",
    "0, 999, 7, tile/0/999.p/7",
    "1, 1000, 256, tile/1/x001/000",
    "2, 1234067, 8, tile/2/x001/x234/067.p/8",
    "-1, 1234067, 256, tile/entries/x001/x234/067",
    "-1, 0, 1, tile/entries/000.p/1",
    "7, 0, 255, tile/7/000.p/255"
  })
  void paths(int level, long index, int width, String path) {
    Tile tile = new Tile(level, index, width);
    assertThat(tile.path()).isEqualTo(path);
    assertThat(Tile.parse(path)).isEqualTo(tile);
  }

  @Test
  void everyPathIsReadBack() {
    Random random = new Random(20261122);
    for (int round = 0; round < 1000; round++) {
      int level = random.nextInt(Tile.MAX_LEVEL + 2) - 1;
      long most = Tile.neighbours(level, Long.MAX_VALUE) / Tile.WIDTH + 1;
      long index = (random.nextLong() & Long.MAX_VALUE) % most >> random.nextInt(50);
      Tile tile = new Tile(level, index, 1 + random.nextInt(Tile.WIDTH));
      assertThat(Tile.parse(tile.path())).isEqualTo(tile);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "checkpoint",
        "/tile/0/000",
        "tile/0/000/",
        "tile/0/0",
        "tile/0/0000",
        "tile/00/000",
        "tile/8/000",
        "tile/-1/000",
        "tile/data/000",
        "tile/0/x000/000",
        "tile/0/001/000",
        "tile/0/x001",
        "tile/0/000.p",
        "tile/0/000.p/",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/999",
        "tile/0/../0/000",
        "tile/0/x999/x999/x999/x999/x999/x999/999",
        "tile/7/x001/000",
        "tile/0/٠٠٠"
      })
  void whatIsNoPathIsRefused(String path) {
    assertThatThrownBy(() -> Tile.parse(path)).isInstanceOf(LogFormatException.class);
  }

  @Test
  void widthsFollowFromTheSize() {
    assertThat(Tile.width(0, 0, 0)).isZero();
    assertThat(Tile.width(0, 0, 70_000)).isEqualTo(256);
    assertThat(Tile.width(0, 273, 70_000)).isEqualTo(112);
    assertThat(Tile.width(0, 274, 70_000)).isZero();
    assertThat(Tile.width(1, 1, 70_000)).isEqualTo(17);
    assertThat(Tile.width(2, 0, 70_000)).isEqualTo(1);
    assertThat(Tile.width(3, 0, 70_000)).isZero();
    assertThat(Tile.width(Tile.ENTRIES, 273, 70_000)).isEqualTo(112);
  }

  @Test
  void aTileHasExactlyItsHashes() {
    List<TreeHash> hashes =
        IntStream.range(0, 256).mapToObj(i -> TreeHash.leaf(new byte[] {(byte) i})).toList();
    TileHashes tile = TileHashes.NONE.plus(hashes.subList(0, 9)).plus(hashes.subList(9, 256));
    assertThat(tile.subtree(8, 0)).isEqualTo(NaiveTree.root(hashes));
    assertThat(tile.subtree(2, 5)).isEqualTo(NaiveTree.root(hashes.subList(20, 24)));
    assertThat(TileHashes.decode(new Tile(0, 0, 256), tile.bytes())).isEqualTo(tile);
    assertThatThrownBy(() -> TileHashes.decode(new Tile(0, 3, 255), tile.bytes()))
        .isInstanceOf(LogFormatException.class)
        .hasMessage("tile/0/003.p/255 has 8192 bytes, not the 8160 of its 255 hashes");
  }

  @Test
  void aBundleHasExactlyItsEntries() {
    List<byte[]> entries = List.of(new byte[0], new byte[] {1}, new byte[EntryBundle.MAX_ENTRY]);
    byte[] file = EntryBundle.encode(entries);
    assertThat(EntryBundle.decode(file, 3)).containsExactlyElementsOf(entries);
    for (int length = 0; length < 200; length++) {
      byte[] torn = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> EntryBundle.decode(torn, 3))
          .isInstanceOf(LogFormatException.class)
          .hasMessageContaining("ends inside entry");
    }
    assertThatThrownBy(() -> EntryBundle.decode(file, 2))
        .isInstanceOf(LogFormatException.class)
        .hasMessageContaining("after its 2 entries");
    assertThatThrownBy(() -> EntryBundle.encode(List.of(new byte[EntryBundle.MAX_ENTRY + 1])))
        .isInstanceOf(LogFormatException.class);
  }
}
