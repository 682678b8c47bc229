package dev.assay.log.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.log.EntryBundle;
import dev.assay.log.Frontier;
import dev.assay.log.LogFormatException;
import dev.assay.log.NaiveTree;
import dev.assay.log.Tile;
import dev.assay.log.TreeHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading logs in order, long ones and wrong ones. */
class LogReaderTest {
  /** A log of numbered leaves that is made as it is read. */
  private static LogSource numbered(long size) {
    return (path, limit) -> {
      Tile tile = Tile.parse(path);
      assertThat(tile.width()).isEqualTo(Tile.width(Tile.ENTRIES, tile.index(), size));
      long first = tile.index() * Tile.WIDTH;
      return Optional.of(
          EntryBundle.encode(
              LongStream.range(first, first + tile.width())
                  .mapToObj(NaiveTree::numberedLeaf)
                  .toList()));
    };
  }

  @Test
  void aLongLogIsReadInOrderAndItsRootIsThatOfTheVectors() throws IOException {
    List<Long> indexes = new ArrayList<>();
    String root =
        new LogReader(numbered(70_000))
            .read(
                70_000,
                (index, entry) -> {
                  indexes.add(index);
                  assertThat(entry).isEqualTo(NaiveTree.numberedLeaf(index));
                })
            .root()
            .base64();
    assertThat(root).isEqualTo("iBwvTHw7YMhk1XSquRdGoWciDFIKL4M9hu7m3++5rMs=");
    assertThat(indexes).containsExactlyElementsOf(LongStream.range(0, 70_000).boxed().toList());
  }

  @Test
  void aWrongBundleIsNamed() {
    LogSource good = numbered(600);
    LogSource missing =
        (path, limit) ->
            path.equals("tile/entries/001") ? Optional.empty() : good.read(path, limit);
    assertThatThrownBy(() -> new LogReader(missing).read(600, (index, entry) -> {}))
        .isInstanceOf(LogFormatException.class)
        .hasMessage("the log lacks tile/entries/001");
    LogSource torn =
        (path, limit) ->
            good.read(path, limit)
                .map(file -> path.endsWith("/002.p/88") ? Arrays.copyOf(file, 9) : file);
    assertThatThrownBy(() -> new LogReader(torn).read(600, (index, entry) -> {}))
        .isInstanceOf(LogFormatException.class)
        .hasMessage("tile/entries/002.p/88: the entry bundle ends inside entry 0 of its 88");
  }

  @Test
  void aFullBundleStandsInForItsBeginning() throws IOException {
    LogSource full = numbered(512);
    LogSource grown =
        (path, limit) -> path.contains(".p/") ? Optional.empty() : full.read(path, limit);
    Frontier expected = new Frontier();
    IntStream.range(0, 300).forEach(i -> expected.append(TreeHash.leaf(NaiveTree.numberedLeaf(i))));
    assertThat(new LogReader(grown).read(300, (index, entry) -> {})).isEqualTo(expected.head());
    assertThat(new LogReader(grown).entry(299, 300)).isEqualTo(NaiveTree.numberedLeaf(299));
  }

  @Test
  void aDirectoryIsNotLeftAndAFileNotReadBeyondItsLimit(@TempDir Path home) throws IOException {
    Files.writeString(home.resolve("secret"), "secret");
    Path log = Files.createDirectory(home.resolve("log"));
    Files.writeString(log.resolve("checkpoint"), "12345");
    DirectorySource source = new DirectorySource(log);
    assertThat(source.read("checkpoint", 5)).isPresent();
    assertThat(source.read("nothing", 5)).isEmpty();
    assertThatThrownBy(() -> source.read("checkpoint", 4))
        .isInstanceOf(LogFormatException.class)
        .hasMessage("checkpoint has more than the 4 bytes that it can have");
    assertThatThrownBy(() -> source.read("../secret", 10))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("leads out of");
  }
}
