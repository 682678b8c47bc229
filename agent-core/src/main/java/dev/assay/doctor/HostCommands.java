package dev.assay.doctor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs programs from the system's own directories, with an environment of their own. */
public final class HostCommands implements Commands {
  private static final List<String> PLACES =
      List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");
  private static final int MAX_BYTES = 4 << 20;

  private final Duration limit;

  /**
   * @param limit how long one program may take
   */
  public HostCommands(Duration limit) {
    this.limit = limit;
  }

  @Override
  public Output run(String... command) {
    Optional<Path> program =
        PLACES.stream()
            .map(place -> Path.of(place, command[0]))
            .filter(Files::isExecutable)
            .findFirst();
    if (program.isEmpty()) {
      return new Output.Missing();
    }
    List<String> words = new ArrayList<>(List.of(command));
    words.set(0, program.get().toString());
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", String.join(":", PLACES), "LC_ALL", "C"));
    try {
      return finish(builder.start());
    } catch (IOException e) {
      return new Output.Failed(command[0] + " could not be started: " + e.getMessage());
    }
  }

  private Output finish(Process process) {
    Tail tail = new Tail();
    Thread reader =
        Thread.ofPlatform().daemon().name("doctor-read").start(() -> tail.read(process));
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Output.Failed("no end within " + limit.toMillis() + " ms");
      }
      reader.join(limit);
      return new Output.Ran(process.exitValue(), tail.text());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Output.Failed("interrupted");
    } finally {
      process.destroyForcibly();
    }
  }

  /** The end of what a process prints; the rest is read and dropped, so that it never waits. */
  private static final class Tail {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private void read(Process process) {
      byte[] buffer = new byte[1 << 16];
      try (InputStream in = process.getInputStream()) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          add(buffer, n);
        }
      } catch (IOException e) {
        // The process was killed; what it had printed stays.
      }
    }

    private synchronized void add(byte[] buffer, int length) {
      if (bytes.size() + length > MAX_BYTES) {
        byte[] all = bytes.toByteArray();
        bytes.reset();
        bytes.write(all, all.length / 2, all.length - all.length / 2);
      }
      bytes.write(buffer, 0, length);
    }

    private synchronized String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
