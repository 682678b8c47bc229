package dev.assay.bench;

import dev.assay.proof.cpu.MatmulBenchmark;
import dev.assay.proof.cpu.MemoryFillBenchmark;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The tools that our figures are held against; all are timed by the clock on the wall. */
final class Yardsticks implements AutoCloseable {
  private static final int HASHED_BYTES = 32;
  private static final int ENTRY_BYTES = 600;
  private static final long FSYNC_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final double KILO = 1e3;

  private final Jmh jmh;
  private final Path image;

  /** Writes a file as large as the image of the memory-fill that b3sum is compared with. */
  Yardsticks(Jmh jmh, Path directory) throws IOException {
    this.jmh = jmh;
    this.image = Files.createTempFile(directory, "bench-image", "");
    byte[] part = new byte[1 << 20];
    new Random(1).nextBytes(part);
    try (OutputStream out = Files.newOutputStream(image)) {
      for (long written = 0; written < MemoryFillBenchmark.IMAGE_BYTES; written += part.length) {
        out.write(part);
      }
    }
  }

  /** Seconds for as many bytes as the memory-fill's trees have; the file is in the page cache. */
  Yardstick b3sum() {
    List<String> command = new ArrayList<>(List.of("b3sum", "--num-threads", "1"));
    for (int tree = 0; tree < MemoryFillBenchmark.TREES; tree++) {
      command.add(image.toString());
    }
    return new Yardstick(
        "b3sum --num-threads 1",
        jmh.yardstickRuns(),
        () -> {
          long start = System.nanoTime();
          output(command);
          return (System.nanoTime() - start) / 1e9;
        });
  }

  /** Hashes of 32 bytes a second on one core. */
  Yardstick opensslSha256() {
    return new Yardstick(
        "openssl speed -bytes 32 sha256",
        jmh.yardstickRuns(),
        () -> {
          List<String> words =
              lastWords("openssl", "speed", "-elapsed", "-bytes", "32", "-seconds", "1", "sha256");
          String kilobytes = words.getLast().replace("k", "");
          return Double.parseDouble(kilobytes) * KILO / HASHED_BYTES;
        });
  }

  /** Signatures verified a second on one core. */
  Yardstick opensslEd25519() {
    return new Yardstick(
        "openssl speed ed25519",
        jmh.yardstickRuns(),
        () ->
            Double.parseDouble(
                lastWords("openssl", "speed", "-elapsed", "-seconds", "1", "ed25519").getLast()));
  }

  /** The product as a textbook writes it, on one core. */
  Yardstick textbookLoop() {
    return new Yardstick(
        "the textbook's loop, in Java",
        jmh.yardstickRuns(),
        () -> jmh.score(MatmulBenchmark.class, "textbookLoop"));
  }

  /** Writes of one entry a second, each followed by fsync. */
  Yardstick fsyncs() {
    return new Yardstick(
        "write and fsync, one by one", jmh.yardstickRuns(), Yardsticks::measureFsyncs);
  }

  private static double measureFsyncs() throws IOException {
    Path file = Files.createTempFile(Path.of("target"), "bench-fsync", "");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer entry = ByteBuffer.allocateDirect(ENTRY_BYTES);
      long start = System.nanoTime();
      long elapsed = 0;
      long count = 0;
      while (elapsed < FSYNC_NANOS) {
        channel.write(entry.rewind());
        channel.force(false);
        count++;
        elapsed = System.nanoTime() - start;
      }
      return count * 1e9 / elapsed;
    } finally {
      Files.delete(file);
    }
  }

  private static List<String> lastWords(String... command) throws Exception {
    String last = output(List.of(command)).strip().lines().reduce("", (before, line) -> line);
    return List.of(last.strip().split("\\s+"));
  }

  private static String output(List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed; is it installed?");
    }
    return output;
  }

  @Override
  public void close() throws IOException {
    Files.delete(image);
  }
}
