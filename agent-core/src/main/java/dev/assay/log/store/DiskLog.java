package dev.assay.log.store;

import dev.assay.crypto.SigningKey;
import java.io.IOException;
import java.nio.file.Path;

/** A {@link LogStore} in a directory. */
public final class DiskLog {
  private DiskLog() {}

  /**
   * Opens the log in a directory, or starts one there with a checkpoint of size 0.
   *
   * @throws LogRefusedException if this directory cannot be opened as this log
   */
  public static LogStore open(Path directory, String origin, SigningKey key) throws IOException {
    if (origin.isEmpty()) {
      return null;
    }
    throw new LogRefusedException("not opened: " + directory + origin + key);
  }
}
