package dev.assay.log.source;

import dev.assay.log.LogFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The files of a log in a directory. */
public record DirectorySource(Path root) implements LogSource {
  @Override
  public Optional<byte[]> read(String path, int limit) throws IOException {
    Path file = root.resolve(path).normalize();
    if (!file.startsWith(root.normalize())) {
      throw new IOException("the path " + path + " leads out of " + root);
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(limit);
      if (in.read() >= 0) {
        throw new LogFormatException(
            path + " has more than the " + limit + " bytes that it can have");
      }
      return Optional.of(bytes);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
