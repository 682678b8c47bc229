package dev.assay.log.store;

import static dev.assay.log.LogKeys.LOG_KEY;
import static dev.assay.log.LogKeys.ORIGIN;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A process to be killed. It says that it is ready, waits for a byte on its input, opens the log
 * and appends from several threads until it is killed or its input ends. Of each entry that was
 * acknowledged it prints index and text.
 */
final class AppendingProcess {
  /** The first line. */
  static final String READY = "ready\n";

  private static final int THREADS = 3;

  private AppendingProcess() {}

  /** Arguments: the directory, and a name that no earlier process had. */
  public static void main(String[] args) throws IOException {
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    out.write(READY.getBytes(US_ASCII));
    if (System.in.read() < 0) {
      return;
    }
    try (DiskLog log = DiskLog.open(Path.of(args[0]), ORIGIN, LOG_KEY)) {
      for (int thread = 0; thread < THREADS; thread++) {
        String name = args[1] + "." + thread;
        Thread.ofPlatform().daemon().start(() -> append(log, name, out));
      }
      while (System.in.read() >= 0) {
        // Only the end of the input counts.
      }
    }
  }

  private static void append(DiskLog log, String name, OutputStream out) {
    SplittableRandom random = new SplittableRandom(name.hashCode());
    try {
      for (int batch = 0; ; batch++) {
        String prefix = name + "." + batch + ".";
        int count = random.nextInt(4) == 0 ? 1 + random.nextInt(200) : 1;
        List<String> entries = IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
        List<Long> indexes =
            log.appendAll(entries.stream().map(entry -> entry.getBytes(US_ASCII)).toList());
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
          lines.append(indexes.get(i)).append(' ').append(entries.get(i)).append('\n');
        }
        out.write(lines.toString().getBytes(US_ASCII));
      }
    } catch (LogStoppedException e) {
      // The input has ended and the log is closed.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
