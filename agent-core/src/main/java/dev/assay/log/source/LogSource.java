package dev.assay.log.source;

import java.io.IOException;
import java.util.Optional;

/** Where the files of a log are. */
@FunctionalInterface
public interface LogSource {
  /**
   * The file at a path below the log's root, such as {@code checkpoint} or {@code tile/0/000};
   * empty if there is none.
   *
   * @throws IOException if it could not be read, which says nothing about the log
   * @throws dev.assay.log.LogFormatException if the file has more than {@code limit} bytes
   */
  Optional<byte[]> read(String path, int limit) throws IOException;
}
