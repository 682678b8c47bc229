package dev.assay.cli;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/**
 * Hands events on, on a thread of its own: a terminal that does not take its lines holds up nobody.
 * Then the newest events are lost.
 */
final class EventQueue<T> implements Consumer<T>, AutoCloseable {
  private static final int MOST = 1000;
  private static final long LAST_MILLIS = 1000;

  private final BlockingQueue<Runnable> waiting = new ArrayBlockingQueue<>(MOST);
  private final Consumer<T> sink;
  private final Thread thread = new Thread(this::run, "assay-events");
  private boolean ended;

  private EventQueue(Consumer<T> sink) {
    this.sink = sink;
  }

  /** A queue before {@code sink}. */
  static <T> EventQueue<T> before(Consumer<T> sink) {
    EventQueue<T> queue = new EventQueue<>(sink);
    queue.thread.setDaemon(true);
    queue.thread.start();
    return queue;
  }

  @Override
  public void accept(T event) {
    // Whether there was room makes no difference to who tells of the event.
    var unused = waiting.offer(() -> sink.accept(event));
  }

  /** Waits for a while until everything so far has been handed on. */
  @Override
  public void close() {
    if (waiting.offer(() -> ended = true)) {
      try {
        thread.join(LAST_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    try {
      while (!ended) {
        waiting.take().run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
