package dev.assay.coordinator;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Parts that were opened one after the other, and are closed last first: all of them. */
final class OpenedParts implements AutoCloseable {
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  /** Closes each, also if another fails; throws the first failure at the end. */
  @Override
  public void close() throws IOException {
    IOException failure = null;
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        IOException failed = e instanceof IOException io ? io : new IOException(e);
        if (failure == null) {
          failure = failed;
        } else {
          failure.addSuppressed(failed);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
