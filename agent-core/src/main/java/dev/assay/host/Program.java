package dev.assay.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Runs a program of the host for its first line of output, with an environment of its own. */
final class Program {
  private static final int MAX_BYTES = 1024;

  private Program() {}

  /** The first line; empty if it printed none. Interrupting the caller kills the program. */
  static String firstLine(Path program, String argument) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(program.toString(), argument)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", "/usr/local/bin:/usr/bin:/bin", "LC_ALL", "C"));
    Process process = builder.start();
    try (InputStream out = process.getInputStream()) {
      process.waitFor();
      String text = new String(out.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
      return text.lines().findFirst().orElse("");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
