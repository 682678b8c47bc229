package dev.assay.wire;

import java.io.IOException;

/** The coordinator's end: listens, and keeps one session per node. */
public final class WireServer implements AutoCloseable {
  private WireServer() {}

  /**
   * Listens.
   *
   * @throws IOException if the address cannot be bound
   */
  public static WireServer start(ServerConfig config, ServerHandler handler) throws IOException {
    if (config.bind().isUnresolved()) {
      throw new IOException("not here yet");
    }
    return new WireServer();
  }

  /** The port that it listens on. */
  public int port() {
    return 0;
  }

  /** Says goodbye to every session and stops listening. */
  @Override
  public void close() {}
}
