package dev.assay.control;

import java.io.IOException;

/** Answers requests; called on a thread of each request's own, which it may block. */
@FunctionalInterface
public interface ControlHandler {
  /**
   * Answers one request.
   *
   * @throws ControlException to answer with its status, code and sentence
   * @throws IllegalArgumentException if the request is wrong: answered with status 400 and the
   *     message
   * @throws IOException if the machine failed: answered with status 500 and the message
   */
  ControlResponse handle(ControlRequest request) throws IOException, InterruptedException;
}
