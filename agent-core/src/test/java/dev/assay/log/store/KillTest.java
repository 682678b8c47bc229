package dev.assay.log.store;

import static dev.assay.log.LogKeys.LOG;
import static dev.assay.log.LogKeys.LOG_KEY;
import static dev.assay.log.LogKeys.ORIGIN;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.log.LogKeys;
import dev.assay.log.MerkleTree;
import dev.assay.log.SignedCheckpoint;
import dev.assay.log.source.DirectorySource;
import dev.assay.log.source.LogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real process appends to a real directory and is killed with SIGKILL at random moments, in the
 * midst of its recovery too. No acknowledged entry is lost, and all checkpoints ever seen are of
 * one history.
 */
class KillTest {
  private static final int KILLS = 250;
  private static final Duration ENOUGH = Duration.ofSeconds(50);
  private static final int LONGEST_LIFE_MILLIS = 40;

  @TempDir Path home;

  private final SplittableRandom random = new SplittableRandom(System.nanoTime());
  private final Map<Long, String> acknowledged = new HashMap<>();
  private final List<SignedCheckpoint> seen = new ArrayList<>();

  @Test
  void noAcknowledgedEntryIsLostAndNoForkIsSigned() throws Exception {
    Path directory = home.resolve("log");
    LogReader reader = new LogReader(new DirectorySource(directory));
    FastJvm jvm =
        new FastJvm(home, AppendingProcess.class, DiskLog.class, LogKeys.class, Ed25519.class);
    prime(jvm);
    int kills = 0;
    long end = System.nanoTime() + ENOUGH.toNanos();
    Process next = jvm.start(output(0), directory.toString(), "0");
    while (kills < KILLS && System.nanoTime() < end) {
      Process process = next;
      Path output = output(kills++);
      // The next JVM gets ready while this one works.
      next = jvm.start(output(kills), directory.toString(), Integer.toString(kills));
      awaitOutput(process, output, 1);
      process.outputWriter(US_ASCII).append('\n').flush();
      if (random.nextBoolean()) {
        awaitOutput(process, output, AppendingProcess.READY.length() + 1);
      }
      Thread.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
      remember(reader.checkpoint(LOG));
      process.destroyForcibly().waitFor();
      readAcknowledgements(Files.readString(output, US_ASCII));
      remember(reader.checkpoint(LOG));
    }
    next.destroyForcibly().waitFor();
    System.out.printf(
        "killed %d times, %d entries acknowledged, %d checkpoints seen%n",
        kills, acknowledged.size(), seen.size());
    assertThat(acknowledged).isNotEmpty();
    checkAll(directory, reader);
  }

  /** The first JVM ends by itself and leaves its archive for the others. */
  private void prime(FastJvm jvm) throws Exception {
    Path output = home.resolve("prime");
    Process process = jvm.start(output, home.resolve("other").toString(), "x");
    process.outputWriter(US_ASCII).append('\n').flush();
    awaitOutput(process, output, AppendingProcess.READY.length() + 1);
    process.outputWriter(US_ASCII).close();
    assertThat(process.waitFor()).isZero();
  }

  private static void awaitOutput(Process process, Path output, int length) throws Exception {
    while (Files.size(output) < length) {
      assertThat(process.isAlive()).isTrue();
      Thread.sleep(1);
    }
  }

  private Path output(int process) {
    return home.resolve("output." + process);
  }

  private void remember(Optional<SignedCheckpoint> checkpoint) {
    checkpoint.ifPresent(
        newest -> {
          if (!seen.isEmpty()) {
            assertThat(newest.size()).isGreaterThanOrEqualTo(seen.getLast().size());
          }
          seen.add(newest);
        });
  }

  /** The last line may be torn. */
  private void readAcknowledgements(String output) {
    for (String line : output.substring(0, output.lastIndexOf('\n') + 1).lines().skip(1).toList()) {
      String[] parts = line.split(" ", 2);
      assertThat(acknowledged.put(Long.valueOf(parts[0]), parts[1])).as("index %s", line).isNull();
    }
  }

  private void checkAll(Path directory, LogReader reader) throws IOException {
    try (DiskLog log = DiskLog.open(directory, ORIGIN, LOG_KEY)) {
      remember(Optional.of(log.checkpoint()));
      Map<Long, String> found = new HashMap<>();
      assertThat(
              reader.read(
                  log.size(), (index, entry) -> found.put(index, new String(entry, US_ASCII))))
          .isEqualTo(log.checkpoint().head());
      assertThat(found).containsAllEntriesOf(acknowledged);
      assertThat(found.values()).doesNotHaveDuplicates();
      MerkleTree tree = reader.tree(log.size());
      for (SignedCheckpoint checkpoint : seen) {
        assertThat(tree.head(checkpoint.size())).isEqualTo(checkpoint.head());
      }
    }
  }
}
