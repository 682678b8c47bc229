package dev.assay.benchmark.host;

import dev.assay.benchmark.UnmeasuredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The disk below one directory: its file is written when the first benchmark asks for it. */
class Disk implements AutoCloseable {
  private final Path directory;
  private final long bytes;
  private Optional<DiskFile> file = Optional.empty();

  Disk(Path directory, long bytes) {
    this.directory = directory;
    this.bytes = bytes;
  }

  DiskFile file() throws IOException, UnmeasuredException {
    if (!Files.isDirectory(directory)) {
      throw new UnmeasuredException(
          "there is no directory " + directory + ": name one with --disk DIR");
    }
    if (!Files.isWritable(directory)) {
      throw new UnmeasuredException(
          "this user may not write to " + directory + ": name another directory with --disk DIR");
    }
    if (file.isEmpty()) {
      file = Optional.of(write(directory, bytes));
    }
    return file.get();
  }

  DiskFile write(Path place, long size) throws IOException, UnmeasuredException {
    return DiskFile.write(place, size);
  }

  @Override
  public void close() throws IOException {
    if (file.isPresent()) {
      file.get().close();
    }
  }
}
