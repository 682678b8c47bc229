package dev.assay.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Asks the process that listens on a socket; one connection a request. */
public final class ControlClient {
  private final Path socket;

  /** A client of {@code socket}; nothing is opened before a request. */
  public ControlClient(Path socket) {
    this.socket = socket;
  }

  /**
   * Asks for one object.
   *
   * @param target the path and, after a question mark, the encoded query
   * @throws NotRunningException if nobody listens
   * @throws ControlException if it is refused
   */
  public JsonObject get(String target) throws IOException {
    if (java.nio.file.Files.notExists(socket)) {
      throw new NotRunningException(socket, null);
    }
    throw new IOException("not here yet");
  }

  /** Sends an object and returns the answer, as {@link #get}. */
  public JsonObject post(String target, ObjectNode body) throws IOException {
    if (java.nio.file.Files.notExists(socket)) {
      throw new NotRunningException(socket, null);
    }
    throw new IOException("not here yet");
  }

  /**
   * Asks for bytes as they come; a stream that is cut short fails to read. The caller closes it.
   */
  public InputStream stream(String target) throws IOException {
    if (java.nio.file.Files.notExists(socket)) {
      throw new NotRunningException(socket, null);
    }
    throw new IOException("not here yet");
  }
}
