package dev.assay.log.store;

import static dev.assay.log.LogKeys.LOG_KEY;
import static dev.assay.log.LogKeys.ORIGIN;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.log.SignedCheckpoint;
import dev.assay.log.source.LogReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The disk fails at any one operation, or is full for a while, and the process lives on. */
class FailureTest {
  private static final int[] BATCHES = {1, 254, 2, 260};

  private final List<byte[]> expected = new ArrayList<>();
  private int made;
  private int retried;
  private int stopped;

  @Test
  void atEveryStep() throws IOException {
    int steps = run(Integer.MAX_VALUE, false);
    for (int step = 0; step < steps; step++) {
      run(step, false);
      run(step, true);
    }
    assertThat(retried).isPositive();
    assertThat(stopped).isPositive();
  }

  @Test
  void aFullDiskLosesNothingAndTheLogGoesOnWhenThereIsSpaceAgain() throws IOException {
    FakeDisk disk = new FakeDisk();
    try (DiskLog log = DiskLog.open(disk, ORIGIN, LOG_KEY)) {
      log.append("first".getBytes(US_ASCII));
      SignedCheckpoint before = log.checkpoint();
      disk.failAs(
          (operation, kind) -> {
            if (kind == FakeDisk.Kind.WRITE || kind == FakeDisk.Kind.MAKE_DIRECTORY) {
              throw new IOException("No space left on device");
            }
          });
      for (int attempt = 0; attempt < 3; attempt++) {
        assertThatThrownBy(() -> log.append("second".getBytes(US_ASCII)))
            .isInstanceOf(AppendFailedException.class)
            .hasMessageContaining("No space left on device")
            .hasMessageContaining("nothing was added");
        assertThatThrownBy(() -> log.putBlob("blob".getBytes(US_ASCII)))
            .isInstanceOf(AppendFailedException.class);
      }
      assertThat(log.checkpoint()).isEqualTo(before);
      assertThat(log.entry(0)).isEqualTo("first".getBytes(US_ASCII));
      assertThat(disk.list("tmp")).isEmpty();
      disk.failAs(FakeDisk.NONE);
      assertThat(log.append("second".getBytes(US_ASCII))).isEqualTo(1);
    }
  }

  @Test
  void aFaultThatNobodyThoughtOfStopsTheLogUntilItIsOpenedAgain() throws IOException {
    for (int step = 0; step < 10; step++) {
      FakeDisk disk = new FakeDisk();
      try (DiskLog log = DiskLog.open(disk, ORIGIN, LOG_KEY)) {
        int failing = step;
        disk.failAs(
            (operation, kind) -> {
              if (operation == failing) {
                throw new IllegalStateException("a bug");
              }
            });
        assertThatThrownBy(() -> log.append("first".getBytes(US_ASCII)))
            .isInstanceOf(LogStoppedException.class)
            .hasMessageContaining("a bug");
        assertThatThrownBy(() -> log.append("second".getBytes(US_ASCII)))
            .isInstanceOf(LogStoppedException.class);
      }
      try (DiskLog log = DiskLog.open(disk, ORIGIN, LOG_KEY)) {
        assertThat(log.append("third".getBytes(US_ASCII))).isBetween(0L, 1L);
      }
    }
  }

  /** Appends with one failing operation, tries again or opens again as the log says, and checks. */
  private int run(int failing, boolean reopens) throws IOException {
    expected.clear();
    FakeDisk disk = new FakeDisk();
    disk.failAs(
        (operation, kind) -> {
          if (operation == failing) {
            throw new IOException("broken");
          }
        });
    DiskLog log = openTwice(disk);
    try {
      for (int count : BATCHES) {
        List<byte[]> batch =
            IntStream.range(0, count)
                .mapToObj(i -> ("entry " + made++).getBytes(US_ASCII))
                .toList();
        log = append(log, disk, batch, reopens);
      }
    } finally {
      log.close();
    }
    int steps = disk.operations();
    disk.failAs(FakeDisk.NONE);
    try (DiskLog again = DiskLog.open(disk, ORIGIN, LOG_KEY)) {
      List<byte[]> found = new ArrayList<>();
      new LogReader(disk::read).read(again.size(), (index, entry) -> found.add(entry));
      assertThat(found).containsExactlyElementsOf(expected);
    }
    return steps;
  }

  private DiskLog append(DiskLog log, FakeDisk disk, List<byte[]> batch, boolean reopens)
      throws IOException {
    SignedCheckpoint before = log.checkpoint();
    try {
      log.appendAll(batch);
      expected.addAll(batch);
      return log;
    } catch (AppendFailedException e) {
      retried++;
      assertThat(log.checkpoint()).isEqualTo(before);
      DiskLog same = reopens ? reopened(log, disk) : log;
      assertThat(same.appendAll(batch).getFirst()).isEqualTo(expected.size());
      expected.addAll(batch);
      return same;
    } catch (LogStoppedException e) {
      stopped++;
      assertThatThrownBy(() -> log.append(new byte[1])).isInstanceOf(LogStoppedException.class);
      DiskLog again = reopened(log, disk);
      if (again.size() == expected.size()) {
        again.appendAll(batch);
      }
      expected.addAll(batch);
      return again;
    }
  }

  private static DiskLog reopened(DiskLog log, FakeDisk disk) throws IOException {
    log.close();
    return DiskLog.open(disk, ORIGIN, LOG_KEY);
  }

  private static DiskLog openTwice(FakeDisk disk) throws IOException {
    try {
      return DiskLog.open(disk, ORIGIN, LOG_KEY);
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("broken");
      return DiskLog.open(disk, ORIGIN, LOG_KEY);
    }
  }
}
