package dev.assay.gpu.cuda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Loads the native half of the driver's binding, once for the process. The binding unpacks it to a
 * fixed name in the temporary directory and takes whatever lies there already, so it is given a
 * directory that nobody else can write, for just that moment.
 */
final class NativeLibrary {
  private static final String PLACE = "java.io.tmpdir";

  private static Optional<String> failure;

  private NativeLibrary() {}

  /**
   * Loads it at the first call.
   *
   * @param load uses the binding for the first time
   * @return why there is none
   */
  static synchronized Optional<String> load(Runnable load) {
    if (failure == null) {
      failure = isSupported() ? attempt(load) : Optional.of(UNSUPPORTED);
    }
    return failure;
  }

  private static final String UNSUPPORTED =
      "GPUs are supported on Linux on x86-64 only; this host goes on with its processors.";

  private static boolean isSupported() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return system.contains("linux") && (processor.equals("amd64") || processor.equals("x86_64"));
  }

  private static Optional<String> attempt(Runnable load) {
    String usual = System.getProperty(PLACE);
    try {
      Path own = Files.createTempDirectory("assay-cuda");
      try {
        System.setProperty(PLACE, own.toString());
        load.run();
        return Optional.empty();
      } finally {
        System.setProperty(PLACE, usual);
        // The library stays mapped without its name.
        delete(own);
      }
    } catch (LinkageError e) {
      return Optional.of(sentence(e));
    } catch (IOException | UncheckedIOException e) {
      return Optional.of(
          "The GPU driver's binding cannot be unpacked to %s (%s); make room there, or name another"
                  .formatted(usual, e.getMessage())
              + " folder with -Djava.io.tmpdir.");
    }
  }

  /** The binding reports every attempt and its whole search; one line of it matters. */
  private static String sentence(LinkageError e) {
    String text = String.valueOf(e.getMessage());
    if (text.contains("libcuda.so.1: cannot open shared object file")) {
      return "There is no NVIDIA driver on this host: libcuda.so.1 was not found. With an NVIDIA GPU,"
          + " install its driver (525 or newer) or give this container the GPU.";
    }
    String why = reason(text);
    if (why.contains("libcuda.so.1")) {
      return "The NVIDIA driver cannot be loaded (%s); install it anew, 525 or newer."
          .formatted(why);
    }
    return "The GPU driver's binding cannot be loaded (%s); if %s is mounted noexec, name another"
            .formatted(why, System.getProperty(PLACE))
        + " folder with -Djava.io.tmpdir.";
  }

  private static String reason(String text) {
    return text.lines()
        .filter(line -> line.contains(".so") && line.contains(": "))
        .findFirst()
        .or(() -> text.lines().findFirst())
        .orElse("no reason given")
        .strip();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
