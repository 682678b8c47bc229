package dev.assay.log.store;

import java.io.IOException;
import java.nio.file.FileSystemException;

/**
 * Nothing was written that counts, and the log is as it was before: the caller may repeat the
 * append once the reason, such as a full disk, is gone.
 */
public final class AppendFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  AppendFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  /** That {@code what} could not be written to a disk, and what to do about it. */
  static AppendFailedException of(String what, Disk disk, IOException cause) {
    return new AppendFailedException(
        "%s could not be written to %s (%s): nothing was added, make room or mend the disk and try again"
            .formatted(what, disk, reason(cause)),
        cause);
  }

  /** A file system's own words without the path, which is known. */
  static String reason(Throwable cause) {
    if (cause instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
