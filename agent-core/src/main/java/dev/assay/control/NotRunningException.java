package dev.assay.control;

import java.io.IOException;
import java.nio.file.Path;

/** Nobody listens on the socket: the process that would answer does not run. */
public final class NotRunningException extends IOException {
  private static final long serialVersionUID = 1L;

  NotRunningException(Path socket, IOException cause) {
    super("nothing listens on " + socket, cause);
  }
}
