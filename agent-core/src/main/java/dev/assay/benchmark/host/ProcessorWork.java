package dev.assay.benchmark.host;

import dev.assay.benchmark.Benchmark;
import dev.assay.benchmark.Subject;
import dev.assay.benchmark.Unit;
import dev.assay.proof.Blake3;
import dev.assay.proof.Chain;
import dev.assay.proof.DeviceSeed;
import dev.assay.proof.DotProducts;
import dev.assay.proof.Hash32;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;

/** The work of the proofs, on one processor and on all of them. */
final class ProcessorWork implements Benchmark {
  /** What the names end with of work on one processor. */
  static final String ONE = "-one-core";

  /** What the names end with of work on all of them. */
  static final String ALL = "-all-cores";

  private static final int PORTIONS = 16;

  private final Kind kind;
  private final int threads;

  /** Which work, in portions of about a millisecond. */
  private enum Kind {
    SHA256(
        "sha-256",
        "SHA-256",
        "a chain of SHA-256 over 48 bytes, as hash-chain runs it",
        Unit.HASHES_PER_SECOND) {
      @Override
      Portion portion() {
        int steps = 8192;
        Chain chain = Chain.of(new DeviceSeed(Hash32.of(new byte[Hash32.BYTES])), 0);
        return () -> {
          chain.run(steps);
          return steps;
        };
      }
    },
    BLAKE3("blake3", "BLAKE3", "BLAKE3 of 1 MiB, as openings are checked", Unit.BYTES_PER_SECOND) {
      @Override
      Portion portion() {
        byte[] input = new byte[1 << 20];
        return () -> {
          // The next input depends on this hash, so no hash can be left out.
          System.arraycopy(Blake3.hash(input).bytes(), 0, input, 0, Hash32.BYTES);
          return input.length;
        };
      }
    },
    PRODUCTS(
        "int8-products",
        "int8 products",
        "exact products of signed bytes, 2 rows by 4 columns at a time, as matmul does them",
        Unit.OPERATIONS_PER_SECOND) {
      @Override
      Portion portion() {
        int length = 2048;
        int size = 16;
        int[][] rows = bytes(size, length);
        int[][] columns = bytes(size, length);
        int[][] sums = new int[size][size];
        return () -> {
          for (int i = 0; i < size; i += DotProducts.ROWS) {
            for (int j = 0; j < size; j += DotProducts.COLUMNS) {
              DotProducts.add(rows, i, columns, j, length, sums);
            }
          }
          return 2.0 * size * size * length;
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

    abstract Portion portion();

    private static int[][] bytes(int count, int length) {
      int[][] vectors = new int[count][length];
      for (int i = 0; i < count; i++) {
        int first = i;
        Arrays.setAll(vectors[i], x -> (byte) (31 * x + 17 * first));
      }
      return vectors;
    }
  }

  /** Does a little work and returns how much it was. */
  @FunctionalInterface
  private interface Portion {
    double run();
  }

  private ProcessorWork(Kind kind, int threads) {
    this.kind = kind;
    this.threads = threads;
  }

  /** Each kind of work on one processor, then on {@code threads} at once. */
  static List<Benchmark> all(int threads) {
    List<Benchmark> benchmarks = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      benchmarks.add(new ProcessorWork(kind, 1));
      if (threads > 1) {
        benchmarks.add(new ProcessorWork(kind, threads));
      }
    }
    return benchmarks;
  }

  @Override
  public Subject subject() {
    return new Subject(
        "processors",
        kind.label + (threads == 1 ? ONE : ALL),
        kind.title + (threads == 1 ? ", one core" : ", all cores"),
        kind.how + (threads == 1 ? "" : ", by %d threads".formatted(threads)),
        kind.unit);
  }

  @Override
  public Work prepare() throws InterruptedException {
    if (threads == 1) {
      return kind.portion()::run;
    }
    Crew<Portion> crew = Crew.of(threads, kind::portion);
    return new Work() {
      @Override
      public double once() throws InterruptedException {
        DoubleAdder done = new DoubleAdder();
        crew.run(
            portion -> {
              // So many that starting the threads costs nothing beside them.
              for (int i = 0; i < PORTIONS; i++) {
                done.add(portion.run());
              }
            });
        return done.sum();
      }

      @Override
      public void close() {
        crew.close();
      }
    };
  }
}
