package dev.assay.gpu.nvml;

import com.sun.jna.Native;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Loads the native half of JNA, once for the process. JNA unpacks it to a directory whose name
 * others can guess where there is no home to use, so it is given one that nobody else can write.
 */
final class NativeAccess {
  private static final String PLACE = "jna.tmpdir";

  private NativeAccess() {}

  /**
   * Loads it at the first call.
   *
   * @throws LinkageError if it cannot be loaded here
   */
  static synchronized void load() {
    if (System.getProperty(PLACE) != null) {
      touch();
      return;
    }
    try {
      Path own = Files.createTempDirectory("assay-jna");
      try {
        System.setProperty(PLACE, own.toString());
        touch();
      } finally {
        System.clearProperty(PLACE);
        // The library stays mapped without its name.
        delete(own);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new UnsatisfiedLinkError("The temporary directory cannot be used: " + e.getMessage());
    }
  }

  private static void touch() {
    if (Native.POINTER_SIZE != Long.BYTES) {
      throw new UnsatisfiedLinkError("NVML needs a 64-bit system.");
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(directory);
  }
}
