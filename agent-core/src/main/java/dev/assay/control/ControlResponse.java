package dev.assay.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;

/** What is answered. */
public sealed interface ControlResponse {
  /** One object, status 200. */
  record Json(ObjectNode body) implements ControlResponse {}

  /**
   * Bytes as they come, status 200. A failure after the first of them cuts the answer short, which
   * the client sees as an error.
   *
   * @param contentType {@code application/x-ndjson} for a JSON object a line, or another
   */
  record Stream(String contentType, Body body) implements ControlResponse {}

  /** Writes a stream's bytes. */
  @FunctionalInterface
  interface Body {
    /**
     * Writes to {@code out}, which blocks while the client is slow and passes on each {@code flush}
     * at once. When the client goes away, writing fails and the thread is interrupted.
     */
    void writeTo(OutputStream out) throws IOException, InterruptedException;
  }
}
