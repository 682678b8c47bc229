package dev.assay.benchmark.host;

import dev.assay.benchmark.Benchmark;
import dev.assay.benchmark.Subject;
import dev.assay.benchmark.Unit;
import dev.assay.benchmark.UnmeasuredException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Sequential and random access to a disk, one piece of work of each kind. */
final class DiskWork implements Benchmark {
  /** How many accesses are under way at once where a disk is to show all it can do. */
  private static final int DEEP = 32;

  private static final int BLOCKS_A_SYNC = 16;
  private static final int READS_A_TURN = 16;

  private final Kind kind;
  private final Disk disk;

  /** How the disk is accessed. */
  private enum Kind {
    WRITE(
        "disk-write-sequential",
        "disk write, sequential",
        "blocks of 1 MiB, synced every 16",
        Unit.BYTES_PER_SECOND) {
      @Override
      Work work(DiskFile file) {
        ByteBuffer block = file.buffer(DiskFile.LARGE_BLOCK);
        Positions positions = new Positions(file.bytes(), DiskFile.LARGE_BLOCK);
        return () -> {
          for (int i = 0; i < BLOCKS_A_SYNC; i++) {
            file.write(block, positions.next());
          }
          file.sync();
          return (double) BLOCKS_A_SYNC * DiskFile.LARGE_BLOCK;
        };
      }
    },
    READ(
        "disk-read-sequential",
        "disk read, sequential",
        "blocks of 1 MiB, one after the other",
        Unit.BYTES_PER_SECOND) {
      @Override
      Work work(DiskFile file) {
        ByteBuffer block = file.buffer(DiskFile.LARGE_BLOCK);
        Positions positions = new Positions(file.bytes(), DiskFile.LARGE_BLOCK);
        return () -> {
          file.read(block, positions.next());
          return DiskFile.LARGE_BLOCK;
        };
      }
    },
    DURABLE(
        "disk-write-random",
        "disk write, random, durable",
        "blocks of 4 KiB, each synced before the next, as a log does",
        Unit.ACCESSES_PER_SECOND) {
      @Override
      Work work(DiskFile file) {
        ByteBuffer block = file.buffer(DiskFile.SMALL_BLOCK);
        Scatter scatter = new Scatter(file, 1);
        return () -> {
          file.write(block, scatter.next());
          file.sync();
          return 1;
        };
      }
    },
    RANDOM(
        "disk-read-random",
        "disk read, random",
        "blocks of 4 KiB, one at a time",
        Unit.ACCESSES_PER_SECOND) {
      @Override
      Work work(DiskFile file) {
        ByteBuffer block = file.buffer(DiskFile.SMALL_BLOCK);
        Scatter scatter = new Scatter(file, 2);
        return () -> {
          file.read(block, scatter.next());
          return 1;
        };
      }
    },
    RANDOM_DEEP(
        "disk-read-random-deep",
        "disk read, random, 32 at once",
        "blocks of 4 KiB, 32 at a time",
        Unit.ACCESSES_PER_SECOND) {
      @Override
      Work work(DiskFile file) throws InterruptedException {
        AtomicLong seeds = new AtomicLong(3);
        Crew<Reader> crew =
            Crew.of(DEEP, () -> new Reader(file, new Scatter(file, seeds.getAndIncrement())));
        return new Work() {
          @Override
          public double once() throws InterruptedException {
            crew.run(Reader::turn);
            return (double) DEEP * READS_A_TURN;
          }

          @Override
          public void close() {
            crew.close();
          }
        };
      }
    };

    private final String label;
    private final String title;
    private final String how;
    private final Unit unit;

    Kind(String label, String title, String how, Unit unit) {
      this.label = label;
      this.title = title;
      this.how = how;
      this.unit = unit;
    }

    abstract Work work(DiskFile file) throws InterruptedException;

    boolean reads() {
      return this != WRITE && this != DURABLE;
    }
  }

  /** Places of a file in their order, from the start again at the end. */
  private static final class Positions {
    private final long bytes;
    private final int step;
    private long next;

    private Positions(long bytes, int step) {
      this.bytes = bytes;
      this.step = step;
    }

    private long next() {
      long at = next;
      next = (next + step) % bytes;
      return at;
    }
  }

  /** Places of a file in random order. */
  private static final class Scatter {
    private final SplittableRandom random;
    private final long blocks;

    private Scatter(DiskFile file, long seed) {
      this.random = new SplittableRandom(seed);
      this.blocks = file.bytes() / DiskFile.SMALL_BLOCK;
    }

    private long next() {
      return random.nextLong(blocks) * DiskFile.SMALL_BLOCK;
    }
  }

  /** One of several that read at once. */
  private record Reader(DiskFile file, Scatter scatter, ByteBuffer block) {
    private Reader(DiskFile file, Scatter scatter) {
      this(file, scatter, file.buffer(DiskFile.SMALL_BLOCK));
    }

    private void turn() throws IOException {
      for (int i = 0; i < READS_A_TURN; i++) {
        file.read(block, scatter.next());
      }
    }
  }

  private DiskWork(Kind kind, Disk disk) {
    this.kind = kind;
    this.disk = disk;
  }

  /** All kinds of access to one disk. */
  static List<Benchmark> all(Disk disk) {
    return Arrays.stream(Kind.values()).<Benchmark>map(kind -> new DiskWork(kind, disk)).toList();
  }

  @Override
  public Subject subject() {
    return new Subject("disk", kind.label, kind.title, kind.how, kind.unit);
  }

  @Override
  public Work prepare() throws IOException, InterruptedException, UnmeasuredException {
    DiskFile file = disk.file();
    if (kind.reads() && !file.direct()) {
      throw new UnmeasuredException(
          "this file system has no direct access, and a read from the cache says nothing about the"
              + " disk: name another directory with --disk");
    }
    Work work = kind.work(file);
    return new Work() {
      @Override
      public double once() throws IOException, InterruptedException, UnmeasuredException {
        try {
          return work.once();
        } catch (ClosedByInterruptException e) {
          throw new InterruptedException();
        }
      }

      @Override
      public void close() throws IOException {
        work.close();
      }
    };
  }
}
