package dev.assay.log.store;

import static dev.assay.log.LogKeys.COSIGNER;
import static dev.assay.log.LogKeys.LOG;
import static dev.assay.log.LogKeys.LOG_KEY;
import static dev.assay.log.LogKeys.ORIGIN;
import static dev.assay.log.LogKeys.WITNESS;
import static dev.assay.log.LogKeys.WITNESS_KEY;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.log.Cosignature;
import dev.assay.log.MerkleTree;
import dev.assay.log.SignedCheckpoint;
import dev.assay.log.source.LogReader;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The power fails before every single operation on the disk, and in the midst of every write. What
 * was acknowledged is there afterwards, and no two checkpoints ever shown contradict each other.
 */
class CrashTest {
  /** Sizes that fill a tile exactly, overfill it, and leave it short. */
  private static final int[] BATCHES = {1, 2, 252, 1, 1, 300, 3};

  private final RandomGenerator random = new SplittableRandom(20261122);

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 0.7, 1})
  void atEveryStep(double chanceOfName) throws IOException {
    int steps = stepsWithoutFault();
    assertThat(steps).isGreaterThan(80);
    for (int step = 0; step <= steps; step++) {
      History history = new History();
      FakeDisk disk = history.runUntil(step, new FakeDisk());
      history.check(disk.afterPowerFailure(random, chanceOfName));
    }
  }

  @Test
  void atEveryStepOfTheRecoveryToo() throws IOException {
    int steps = stepsWithoutFault();
    for (int round = 0; round < 300; round++) {
      History history = new History();
      FakeDisk disk = new FakeDisk();
      for (int crash = 0; crash < 4; crash++) {
        int step = random.nextInt(crash == 0 ? steps : 25);
        disk = history.runUntil(step, disk).afterPowerFailure(random, random.nextDouble());
      }
      history.check(disk);
    }
  }

  @Test
  void whenTheProcessIsKilledAndThenThePowerFails() throws IOException {
    int steps = stepsWithoutFault();
    for (int step = 0; step <= steps; step++) {
      History history = new History();
      FakeDisk disk = history.runUntil(step, new FakeDisk()).afterProcessDeath();
      disk = history.runUntil(random.nextInt(30), disk);
      history.check(disk.afterPowerFailure(random, random.nextDouble()));
    }
  }

  @Test
  void aDiskThatLiesIsCaughtOrDoesNoHarm() throws IOException {
    int refused = 0;
    for (int round = 0; round < 200; round++) {
      History history = new History();
      FakeDisk disk = history.runUntil(20 + random.nextInt(20), new FakeDisk());
      disk = disk.afterPowerFailure(random, 1);
      disk.lie();
      disk = history.runUntil(random.nextInt(60), disk);
      FakeDisk after = disk.afterPowerFailure(random, random.nextDouble());
      try (DiskLog log = DiskLog.open(after, ORIGIN, LOG_KEY)) {
        assertThat(new LogReader(after::read).read(log.size(), (index, entry) -> {}))
            .isEqualTo(log.checkpoint().head());
      } catch (LogRefusedException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  private static int stepsWithoutFault() throws IOException {
    FakeDisk disk = new FakeDisk();
    History history = new History();
    history.append(disk);
    assertThat(history.acknowledged).hasSize(IntStream.of(BATCHES).sum());
    return disk.operations();
  }

  /** What a user of the log was told, across crashes. */
  private static final class History {
    private final List<byte[]> acknowledged = new ArrayList<>();
    private int made;

    /** Opens the log and appends until the power fails at a step, or there is no more to do. */
    FakeDisk runUntil(int step, FakeDisk disk) throws IOException {
      disk.failAs(
          (operation, kind) -> {
            if (operation >= step) {
              throw new FakeDisk.PowerFailure();
            }
          });
      try {
        append(disk);
      } catch (FakeDisk.PowerFailure | LogStoppedException e) {
        return disk;
      }
      return disk;
    }

    /** Every entry is another one, so that a different history has a different root. */
    void append(FakeDisk disk) throws IOException {
      try (DiskLog log = DiskLog.open(disk, ORIGIN, LOG_KEY)) {
        adopt(log);
        for (int count : BATCHES) {
          List<byte[]> batch =
              IntStream.range(0, count)
                  .mapToObj(i -> ("entry " + made++).getBytes(US_ASCII))
                  .toList();
          assertThat(log.appendAll(batch).getFirst()).isEqualTo(acknowledged.size());
          acknowledged.addAll(batch);
          if (count == 2) {
            log.putBlob(batch.getFirst());
            SignedCheckpoint newest = log.checkpoint();
            log.addCosignature(
                newest,
                COSIGNER,
                Cosignature.sign(newest.checkpoint(), WITNESS, WITNESS_KEY, Instant.EPOCH));
          }
        }
      }
    }

    /** After a crash, entries may be there whose append was not acknowledged any more. */
    private void adopt(DiskLog log) throws IOException {
      assertThat(log.size()).isGreaterThanOrEqualTo(acknowledged.size());
      for (long index = acknowledged.size(); index < log.size(); index++) {
        acknowledged.add(log.entry(index));
      }
    }

    /** The log opens, has what was acknowledged, and continues all that was ever shown. */
    void check(FakeDisk disk) throws IOException {
      try (DiskLog log = DiskLog.open(disk, ORIGIN, LOG_KEY)) {
        assertThat(log.size()).isGreaterThanOrEqualTo(acknowledged.size());
        for (int index = 0; index < acknowledged.size(); index++) {
          assertThat(log.entry(index)).isEqualTo(acknowledged.get(index));
        }
        LogReader reader = new LogReader(disk::read);
        assertThat(reader.read(log.size(), (index, entry) -> {}))
            .isEqualTo(log.checkpoint().head());
        MerkleTree tree = reader.tree(log.size());
        for (byte[] shown : disk.shownCheckpoints()) {
          SignedCheckpoint checkpoint = SignedCheckpoint.open(shown, LOG);
          assertThat(checkpoint.size()).isLessThanOrEqualTo(log.size());
          assertThat(tree.head(checkpoint.size())).isEqualTo(checkpoint.head());
        }
        assertThat(disk.list("tmp")).isEmpty();
        assertThat(log.append("one more".getBytes(US_ASCII))).isEqualTo(log.size() - 1);
      }
    }
  }
}
