package dev.assay.wire;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What happened, in order, for a test to take one by one. */
final class Events {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final BlockingQueue<Object> queue = new LinkedBlockingQueue<>();

  void add(Object event) {
    queue.add(event);
  }

  /** The next event, which must be of this kind. */
  <T> T next(Class<T> kind) {
    try {
      Object event = queue.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (!kind.isInstance(event)) {
        throw new AssertionError("expected a " + kind.getSimpleName() + ", but got " + event);
      }
      return kind.cast(event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for a " + kind.getSimpleName(), e);
    }
  }

  /** The next event of this kind; others before it are dropped. */
  <T> T skipTo(Class<T> kind) {
    while (true) {
      Object event = next(Object.class);
      if (kind.isInstance(event)) {
        return kind.cast(event);
      }
    }
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }
}
