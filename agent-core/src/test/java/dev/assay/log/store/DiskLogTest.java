package dev.assay.log.store;

import static dev.assay.log.LogKeys.COSIGNER;
import static dev.assay.log.LogKeys.LOG;
import static dev.assay.log.LogKeys.LOG_KEY;
import static dev.assay.log.LogKeys.ORIGIN;
import static dev.assay.log.LogKeys.WITNESS;
import static dev.assay.log.LogKeys.WITNESS_KEY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.crypto.Digest;
import dev.assay.log.Cosignature;
import dev.assay.log.EntryBundle;
import dev.assay.log.LogFormatException;
import dev.assay.log.LogKeys;
import dev.assay.log.NaiveTree;
import dev.assay.log.SignedCheckpoint;
import dev.assay.log.TlogProof;
import dev.assay.log.TreeHash;
import dev.assay.log.TreeHead;
import dev.assay.log.source.DirectorySource;
import dev.assay.log.source.LogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log in a real directory, as its users see it. */
class DiskLogTest {
  private static final NaiveTree LEAVES = NaiveTree.ofNumberedLeaves(600);

  @TempDir Path directory;

  @Test
  void aNewLogIsEmptyAndSigned() throws IOException {
    try (DiskLog log = open()) {
      assertThat(log.size()).isZero();
    }
    assertThat(directory.resolve("checkpoint")).hasBinaryContent(vector("checkpoint.0"));
  }

  @Test
  void entriesComeBackAndTheCheckpointsAreThoseOfTheVectors() throws IOException {
    try (DiskLog log = open()) {
      assertThat(log.append(leaf(0))).isZero();
      assertThat(log.checkpoint().bytes()).isEqualTo(vector("checkpoint.1"));
      assertThat(log.appendAll(List.of(leaf(1), leaf(2)))).containsExactly(1L, 2L);
      assertThat(directory.resolve("tile/entries/000.p/3"))
          .hasBinaryContent(vector("entries.0-2.bin"));
      log.appendAll(leaves(3, 256));
      assertThat(log.checkpoint().bytes()).isEqualTo(vector("checkpoint.256"));
      log.append(leaf(256));
      assertThat(directory.resolve("checkpoint")).hasBinaryContent(vector("checkpoint.257"));
      for (int i = 0; i < 257; i++) {
        assertThat(log.entry(i)).isEqualTo(leaf(i));
      }
    }
  }

  @Test
  void aReopenedLogGoesOnFromWhereItWas() throws IOException {
    for (int size = 0; size < 600; size += 37) {
      try (DiskLog log = open()) {
        assertThat(log.checkpoint().head()).isEqualTo(LEAVES.head(size));
        log.appendAll(leaves(size, Math.min(600, size + 37)));
      }
    }
    assertThat(readHead()).isEqualTo(LEAVES.head(600));
  }

  @Test
  void theDirectoryHoldsWhatTheCheckpointNeedsAndNoMore() throws IOException {
    try (DiskLog log = open()) {
      log.appendAll(leaves(0, 100));
      log.appendAll(leaves(100, 300));
    }
    assertThat(files("tile"))
        .containsExactly(
            "tile/0/000",
            "tile/0/001.p/44",
            "tile/1/000.p/1",
            "tile/entries/000",
            "tile/entries/001.p/44");
  }

  @Test
  void proofsHoldForEveryPublishedState() throws IOException {
    try (DiskLog log = open()) {
      log.appendAll(leaves(0, 300));
      SignedCheckpoint checkpoint = log.checkpoint();
      for (int index = 0; index < 300; index += 13) {
        TlogProof proof = TlogProof.of(log.inclusion(index, 300), checkpoint);
        assertThat(proof.verify(leaf(index), LOG)).isEqualTo(checkpoint);
      }
      log.appendAll(leaves(300, 600));
      for (int old = 0; old <= 600; old += 31) {
        assertThat(log.consistency(old, 600).proves(LEAVES.head(old), log.checkpoint().head()))
            .isTrue();
      }
      assertThat(log.inclusion(5, 300).proves(TreeHash.leaf(leaf(5)), LEAVES.head(300))).isTrue();
      assertThatThrownBy(() -> log.inclusion(5, 601))
          .isInstanceOf(LogFormatException.class)
          .hasMessage("the log has 600 entries, there is no tree of 601");
    }
  }

  @Test
  void manyThreadsShareCheckpointsAndEachGetsItsOwnIndexes() throws Exception {
    int threads = 16;
    int each = 40;
    ConcurrentSkipListSet<Long> indexes = new ConcurrentSkipListSet<>();
    try (DiskLog log = open();
        ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<Void>> all = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int thread = t;
        all.add(
            pool.submit(
                () -> {
                  start.await();
                  for (int i = 0; i < each; i++) {
                    byte[] entry = ("thread " + thread + " entry " + i).getBytes(UTF_8);
                    long index = log.append(entry);
                    assertThat(log.size()).isGreaterThan(index);
                    assertThat(log.entry(index)).isEqualTo(entry);
                    indexes.add(index);
                  }
                  return null;
                }));
      }
      start.countDown();
      for (Future<Void> one : all) {
        one.get();
      }
    }
    assertThat(indexes).containsExactlyElementsOf(indexes(threads * each));
    assertThat(readHead().size()).isEqualTo(indexes.size());
  }

  @Test
  void anInterruptedThreadStillLearnsThatItsEntryIsThere() throws IOException {
    try (DiskLog log = open()) {
      Thread.currentThread().interrupt();
      assertThat(log.append(leaf(0))).isZero();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(log.append(leaf(1))).isEqualTo(1);
    }
  }

  @Test
  void anEntryTooLongIsRefusedAndTheLogGoesOn() throws IOException {
    try (DiskLog log = open()) {
      assertThatThrownBy(() -> log.append(new byte[EntryBundle.MAX_ENTRY + 1]))
          .isInstanceOf(LogFormatException.class)
          .hasMessage("an entry has at most 65535 bytes, and this one has 65536");
      assertThat(log.append(new byte[EntryBundle.MAX_ENTRY])).isZero();
      assertThat(log.append(new byte[0])).isEqualTo(1);
      assertThat(log.entry(0)).hasSize(EntryBundle.MAX_ENTRY);
      assertThat(log.entry(1)).isEmpty();
    }
  }

  @Test
  void aCosignatureIsAddedToItsCheckpointAndTheNewestCosignedOneIsKept() throws IOException {
    try (DiskLog log = open()) {
      log.appendAll(leaves(0, 257));
      SignedCheckpoint at257 = log.checkpoint();
      assertThat(cosign(log, at257, 1_700_000_000)).isTrue();
      assertThat(directory.resolve("checkpoint"))
          .hasBinaryContent(vector("checkpoint.257.cosigned"));
      log.append(leaf(257));
      assertThat(directory.resolve("witnessed"))
          .hasBinaryContent(vector("checkpoint.257.cosigned"));
      SignedCheckpoint at258 = log.checkpoint();
      log.append(leaf(258));
      assertThat(cosign(log, at258, 1_700_000_001)).as("late but newer").isTrue();
      assertThat(log.checkpoint().cosignedBy(List.of(COSIGNER))).isEmpty();
      assertThat(log.witnessed().orElseThrow().size()).isEqualTo(258);
      assertThat(cosign(log, at257, 1_700_000_002)).as("older").isFalse();
    }
    try (DiskLog log = open()) {
      assertThat(log.witnessed().orElseThrow().cosignedBy(List.of(COSIGNER)))
          .containsExactly(COSIGNER);
    }
  }

  @Test
  void aCosignatureThatDoesNotHoldIsRefused() throws IOException {
    try (DiskLog log = open()) {
      log.append(leaf(0));
      SignedCheckpoint old = log.checkpoint();
      log.append(leaf(1));
      assertThatThrownBy(
              () ->
                  log.addCosignature(
                      log.checkpoint(),
                      COSIGNER,
                      Cosignature.sign(old.checkpoint(), WITNESS, WITNESS_KEY, Instant.EPOCH)))
          .isInstanceOf(LogFormatException.class)
          .hasMessage("the cosignature of witness.example/w1 does not hold for this checkpoint");
    }
  }

  @Test
  void blobsLieUnderTheirHash() throws IOException {
    byte[] bytes = leaf(7);
    try (DiskLog log = open()) {
      Digest digest = log.putBlob(bytes);
      assertThat(log.putBlob(bytes)).isEqualTo(digest);
      assertThat(directory.resolve("blob/" + digest.hex())).hasBinaryContent(bytes);
      assertThat(log.blob(digest)).hasValue(bytes);
      assertThat(log.blob(Digest.of(leaf(8)))).isEmpty();
      Files.write(directory.resolve("blob/" + digest.hex()), leaf(9));
      assertThatThrownBy(() -> log.blob(digest))
          .isInstanceOf(LogFormatException.class)
          .hasMessageContaining("does not have the SHA-256 of its name");
    }
  }

  @Test
  void aLogIsOpenOnce() throws IOException {
    try (DiskLog log = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(LogRefusedException.class)
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
      log.append(leaf(0));
    }
    open().close();
  }

  @Test
  void aPlaceThatCannotBeALogIsRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "not a directory");
    assertThatThrownBy(() -> DiskLog.open(file, ORIGIN, LOG_KEY))
        .isInstanceOf(LogRefusedException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void aClosedLogSaysSo() throws IOException {
    DiskLog log = open();
    log.close();
    assertThatThrownBy(() -> log.append(leaf(0)))
        .isInstanceOf(LogStoppedException.class)
        .hasMessage("the log in " + directory + " was closed");
  }

  @Test
  void anotherOriginAndAnotherKeyAreRefused() throws IOException {
    open().close();
    assertThatThrownBy(() -> DiskLog.open(directory, "node.example/other", LOG_KEY))
        .isInstanceOf(LogRefusedException.class)
        .hasMessageContaining("is of log node.example/log, not of node.example/other");
    assertThatThrownBy(() -> DiskLog.open(directory, ORIGIN, LogKeys.key(0x40)))
        .isInstanceOf(LogRefusedException.class)
        .hasMessageContaining("is not signed by the key node.example/log+");
    open().close();
  }

  private boolean cosign(DiskLog log, SignedCheckpoint checkpoint, long seconds)
      throws IOException {
    Instant time = Instant.ofEpochSecond(seconds);
    return log.addCosignature(
        checkpoint,
        COSIGNER,
        Cosignature.sign(checkpoint.checkpoint(), WITNESS, WITNESS_KEY, time));
  }

  private DiskLog open() throws IOException {
    return DiskLog.open(directory, ORIGIN, LOG_KEY);
  }

  private TreeHead readHead() throws IOException {
    LogReader reader = new LogReader(new DirectorySource(directory));
    SignedCheckpoint checkpoint = reader.checkpoint(LOG).orElseThrow();
    assertThat(reader.tree(checkpoint.size()).root(checkpoint.size()))
        .isEqualTo(checkpoint.head().root());
    assertThat(reader.read(checkpoint.size(), (index, entry) -> {})).isEqualTo(checkpoint.head());
    return checkpoint.head();
  }

  private List<String> files(String below) throws IOException {
    try (var walk = Files.walk(directory.resolve(below))) {
      return walk.filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static List<Long> indexes(int count) {
    return LongStream.range(0, count).boxed().toList();
  }

  private static List<byte[]> leaves(int from, int to) {
    return IntStream.range(from, to).mapToObj(NaiveTree::numberedLeaf).toList();
  }

  private static byte[] leaf(int index) {
    return NaiveTree.numberedLeaf(index);
  }

  private static byte[] vector(String name) throws IOException {
    try (var in = DiskLogTest.class.getResourceAsStream("/log-v1/" + name)) {
      return in.readAllBytes();
    }
  }
}
