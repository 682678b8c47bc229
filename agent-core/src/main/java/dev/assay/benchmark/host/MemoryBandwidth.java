package dev.assay.benchmark.host;

import dev.assay.benchmark.Benchmark;
import dev.assay.benchmark.Subject;
import dev.assay.benchmark.Unit;
import dev.assay.benchmark.UnmeasuredException;
import java.util.Arrays;
import java.util.List;

/** Memory bandwidth with every processor at once, over arrays that no cache holds. */
final class MemoryBandwidth implements Benchmark {
  /** How many times larger than the caches the arrays are. */
  private static final int BEYOND_CACHE = 4;

  private static final long LEAST_BYTES = 256L << 20;
  private static final int LONG = Long.BYTES;

  private final Kind kind;
  private final int threads;
  private final long bytes;
  private final long cacheBytes;

  /** What is done with the arrays. */
  private enum Kind {
    COPY("copy", "one array copied into another; counts what is read and what is written", 2) {
      @Override
      long run(Pair own) {
        System.arraycopy(own.from, 0, own.to, 0, own.from.length);
        return own.to[0];
      }
    },
    READ("read", "an array summed up", 1) {
      @Override
      long run(Pair own) {
        return sum(own.from);
      }
    },
    WRITE("write", "an array filled", 1) {
      @Override
      long run(Pair own) {
        Arrays.fill(own.to, own.sink);
        return own.sink + 1;
      }
    };

    private final String label;
    private final String how;
    private final int moved;

    Kind(String label, String how, int moved) {
      this.label = label;
      this.how = how;
      this.moved = moved;
    }

    abstract long run(Pair own);

    // A method with nothing but the loop in it: the compiler vectorises it only so.
    private static long sum(long[] values) {
      long sum = 0;
      for (long value : values) {
        sum += value;
      }
      return sum;
    }
  }

  /** What one thread works on. */
  private static final class Pair {
    private final long[] from;
    private final long[] to;

    /** Keeps results in use, so that the compiler cannot leave the work out. */
    private volatile long sink;

    private Pair(int length) {
      from = new long[length];
      to = new long[length];
      Arrays.fill(from, 1);
      Arrays.fill(to, 2);
    }
  }

  private MemoryBandwidth(Kind kind, int threads, long bytes, long cacheBytes) {
    this.kind = kind;
    this.threads = threads;
    this.bytes = bytes;
    this.cacheBytes = cacheBytes;
  }

  /**
   * Copy, read and write.
   *
   * @param cacheBytes all last-level caches together, 0 if unknown
   * @param spareBytes how much memory may be taken
   */
  static List<Benchmark> all(int threads, long cacheBytes, long spareBytes) {
    long wanted = Math.max(LEAST_BYTES, BEYOND_CACHE * cacheBytes);
    // Two arrays, and half of the room is left alone.
    long bytes = Math.min(wanted, spareBytes / 4);
    return Arrays.stream(Kind.values())
        .<Benchmark>map(kind -> new MemoryBandwidth(kind, threads, bytes, cacheBytes))
        .toList();
  }

  @Override
  public Subject subject() {
    return new Subject(
        "memory",
        "memory-" + kind.label,
        "memory " + kind.label,
        "%s, %d MiB by %d threads".formatted(kind.how, bytes >> 20, threads),
        Unit.BYTES_PER_SECOND);
  }

  @Override
  public Work prepare() throws InterruptedException, UnmeasuredException {
    if (bytes < 2 * cacheBytes || bytes < LEAST_BYTES / 4) {
      throw new UnmeasuredException(
          "two arrays of %d MiB are the most that Java's heap and free memory leave, too little beside %d MiB of caches; more heap is given with JAVA_OPTS=-Xmx8g"
              .formatted(bytes >> 20, cacheBytes >> 20));
    }
    long words = Math.min(bytes / threads / LONG, Integer.MAX_VALUE - 8);
    Crew<Pair> crew = Crew.of(threads, () -> new Pair((int) words));
    return new Work() {
      @Override
      public double once() throws InterruptedException {
        crew.run(own -> own.sink = kind.run(own));
        return (double) kind.moved * words * LONG * crew.size();
      }

      @Override
      public void close() {
        crew.close();
      }
    };
  }
}
