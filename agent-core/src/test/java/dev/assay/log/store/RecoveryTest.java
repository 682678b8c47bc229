package dev.assay.log.store;

import static dev.assay.log.LogKeys.COSIGNER;
import static dev.assay.log.LogKeys.LOG_KEY;
import static dev.assay.log.LogKeys.ORIGIN;
import static dev.assay.log.LogKeys.WITNESS;
import static dev.assay.log.LogKeys.WITNESS_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.log.Checkpoint;
import dev.assay.log.Cosignature;
import dev.assay.log.NaiveTree;
import dev.assay.log.SignedCheckpoint;
import dev.assay.log.TreeHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to a log whose files were damaged or lost while nobody had it open. */
class RecoveryTest {
  private static final int SIZE = 600;
  private static final NaiveTree LEAVES = NaiveTree.ofNumberedLeaves(SIZE + 2);

  @TempDir Path directory;
  private Map<String, byte[]> whole;

  @BeforeEach
  void makeALog() throws IOException {
    try (DiskLog log = open()) {
      log.appendAll(leaves(0, 300));
      log.appendAll(leaves(300, SIZE));
    }
    whole = files();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tile/0/000",
        "tile/0/001",
        "tile/0/002.p/88",
        "tile/1/000.p/2",
      })
  void aTileThatIsLostTornOrChangedIsMadeAgain(String path) throws IOException {
    for (byte[] damage : damages(path)) {
      if (damage == null) {
        Files.delete(directory.resolve(path));
      } else {
        Files.write(directory.resolve(path), damage);
      }
      open().close();
      assertThat(files()).containsExactlyEntriesOf(whole);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tile/entries/000", "tile/entries/002.p/88"})
  void entriesThatAreLostAreNeverReplaced(String path) throws IOException {
    Files.delete(directory.resolve(path));
    assertRefused("a checkpoint over 600 entries that are not all there", "the log lacks " + path);
  }

  @Test
  void aTornBundleIsRefused() throws IOException {
    String path = "tile/entries/002.p/88";
    for (int length : new int[] {0, 1, 500, whole.get(path).length - 1}) {
      Files.write(directory.resolve(path), Arrays.copyOf(whole.get(path), length));
      assertRefused(path + ": the entry bundle ends inside entry");
    }
  }

  @Test
  void aChangedEntryIsRefused() throws IOException {
    Path bundle = directory.resolve("tile/entries/002.p/88");
    byte[] bytes = Files.readAllBytes(bundle);
    bytes[bytes.length - 1] ^= 1;
    Files.write(bundle, bytes);
    assertRefused("the entries that are there lead to another root");
  }

  @Test
  void aLogThatWentBackToAnOlderCheckpointDropsWhatCameAfter() throws IOException {
    try (DiskLog log = open()) {
      log.append(NaiveTree.numberedLeaf(SIZE));
    }
    Files.write(directory.resolve("checkpoint"), whole.get("checkpoint"));
    try (DiskLog log = open()) {
      assertThat(log.checkpoint().head()).isEqualTo(LEAVES.head(SIZE));
    }
    assertThat(files()).containsExactlyEntriesOf(whole);
  }

  @Test
  void aCheckpointAheadOfItsEntriesIsRefused() throws IOException {
    TreeHead ahead = LEAVES.head(SIZE + 1);
    Files.write(
        directory.resolve("checkpoint"), new Checkpoint(ORIGIN, ahead).sign(LOG_KEY).bytes());
    assertRefused(
        "a checkpoint over 601 entries that are not all there",
        "the log lacks tile/entries/002.p/89");
  }

  @Test
  void whatLiesBeyondTheCheckpointIsRemoved() throws IOException {
    Files.write(directory.resolve("tile/entries/002.p/89"), new byte[] {0, 9, 1});
    Files.write(directory.resolve("tile/0/002"), new byte[8192]);
    Files.write(directory.resolve("tile/0/003"), new byte[8192]);
    Files.createDirectories(directory.resolve("tile/entries/004.p"));
    Files.write(directory.resolve("tile/entries/004.p/1"), new byte[2]);
    Files.createDirectories(directory.resolve("tile/0/001.p"));
    Files.write(directory.resolve("tile/0/001.p/3"), new byte[96]);
    Files.write(directory.resolve("tmp/17"), new byte[5]);
    Files.write(directory.resolve("checkpoint.next"), new byte[] {'t', 'o', 'r', 'n'});
    open().close();
    assertThat(files()).containsExactlyEntriesOf(whole);
    assertThat(directory.resolve("tile/0/001.p")).doesNotExist();
  }

  @Test
  void aCheckpointThatMayHaveBeenShownIsShownAgain() throws IOException {
    byte[] newest;
    try (DiskLog log = open()) {
      log.append(NaiveTree.numberedLeaf(SIZE));
      newest = log.checkpoint().bytes();
    }
    Files.move(
        directory.resolve("checkpoint"),
        directory.resolve("checkpoint.next"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.write(directory.resolve("checkpoint"), whole.get("checkpoint"));
    try (DiskLog log = open()) {
      assertThat(log.size()).isEqualTo(SIZE + 1);
    }
    assertThat(directory.resolve("checkpoint")).hasBinaryContent(newest);
    assertThat(directory.resolve("checkpoint.next")).doesNotExist();
  }

  @Test
  void twoCheckpointsOfOneSizeAreAFork() throws IOException {
    TreeHead other = new TreeHead(SIZE, LEAVES.head(3).root());
    Files.write(
        directory.resolve("checkpoint.next"), new Checkpoint(ORIGIN, other).sign(LOG_KEY).bytes());
    assertRefused("of one size with different roots, which is a fork");
  }

  @Test
  void aLogWithoutItsCheckpointIsRefused() throws IOException {
    Files.delete(directory.resolve("checkpoint"));
    assertRefused("it has tiles but no checkpoint");
  }

  @Test
  void aDamagedCheckpointIsRefused() throws IOException {
    byte[] bytes = whole.get("checkpoint");
    for (int at = 0; at < bytes.length; at++) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 1;
      Files.write(directory.resolve("checkpoint"), damaged);
      assertRefused("checkpoint: ");
    }
  }

  @Test
  void anOldCopyIsRefusedWhereAWitnessHasSeenMore() throws IOException {
    try (DiskLog log = open()) {
      log.append(NaiveTree.numberedLeaf(SIZE));
      cosign(log);
    }
    Files.write(directory.resolve("checkpoint"), whole.get("checkpoint"));
    assertRefused("a witness has seen 601 entries and the checkpoint covers only 600");
  }

  @Test
  void anotherHistoryThanTheWitnessHasSeenIsRefused() throws IOException {
    byte[] witnessed;
    try (DiskLog log = open()) {
      cosign(log);
      witnessed = Files.readAllBytes(directory.resolve("witnessed"));
    }
    Path other = directory.resolve("other");
    try (DiskLog log = DiskLog.open(other, ORIGIN, LOG_KEY)) {
      log.appendAll(leaves(1, SIZE + 2));
    }
    Files.write(other.resolve("witnessed"), witnessed);
    assertThatThrownBy(() -> DiskLog.open(other, ORIGIN, LOG_KEY))
        .isInstanceOf(LogRefusedException.class)
        .hasMessageContaining("what a witness has seen is not a beginning of it");
  }

  private void cosign(DiskLog log) throws IOException {
    SignedCheckpoint newest = log.checkpoint();
    log.addCosignature(
        newest,
        COSIGNER,
        Cosignature.sign(newest.checkpoint(), WITNESS, WITNESS_KEY, Instant.EPOCH));
  }

  /** Gone, empty, short, long, and with one bit changed. */
  private List<byte[]> damages(String path) {
    byte[] bytes = whole.get(path);
    byte[] changed = bytes.clone();
    changed[5] ^= 16;
    return Arrays.asList(
        null,
        new byte[0],
        Arrays.copyOf(bytes, bytes.length - 32),
        Arrays.copyOf(bytes, bytes.length + 1),
        changed);
  }

  /** Refused with these words, and not touched. */
  private void assertRefused(String... words) throws IOException {
    Map<String, byte[]> before = files();
    assertThatThrownBy(this::open)
        .isInstanceOf(LogRefusedException.class)
        .hasMessageContainingAll(words)
        .hasMessageContaining(directory.toString());
    assertThat(files()).containsExactlyEntriesOf(before);
  }

  private Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (var walk = Files.walk(directory)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        String name = directory.relativize(file).toString();
        if (!name.equals("lock")) {
          files.put(name, Files.readAllBytes(file));
        }
      }
    }
    return files;
  }

  private DiskLog open() throws IOException {
    return DiskLog.open(directory, ORIGIN, LOG_KEY);
  }

  private static List<byte[]> leaves(int from, int to) {
    return IntStream.range(from, to).mapToObj(NaiveTree::numberedLeaf).toList();
  }
}
