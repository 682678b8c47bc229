package dev.assay.log.store;

import dev.assay.crypto.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** Entries a second that are durable under a signed checkpoint when their append returns. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class AppendBenchmark {
  private final byte[] entry = new byte[600];

  private Path directory;
  private LogStore log;

  /** Opens an empty log in the directory that the yardstick writes to as well. */
  @Setup
  public void open() throws IOException {
    SigningKey key = SigningKey.fromSeed(new byte[SigningKey.SEED_LENGTH]);
    directory = Files.createTempDirectory(Path.of("target"), "bench-log");
    log = DiskLog.open(directory, "assay.dev/node/" + key.id().value(), key);
  }

  /** Deletes it. */
  @TearDown
  public void delete() throws IOException {
    log.close();
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    }
  }

  /** One thread after the other: one checkpoint an entry. */
  @Benchmark
  public long alone() {
    return append();
  }

  /** Thirty-two at once: they share checkpoints. */
  @Benchmark
  @Threads(32)
  public long together() {
    return append();
  }

  private long append() {
    try {
      return log.append(entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
