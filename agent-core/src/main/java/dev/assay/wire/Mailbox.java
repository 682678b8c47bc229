package dev.assay.wire;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what it is given one after another, on one virtual thread of its own. It never refuses: who
 * fills it watches its {@link #size} and stops reading from the network. It is not interrupted when
 * its connection ends, since a handler may be in the middle of a durable write.
 */
final class Mailbox {
  private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

  private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
  private volatile boolean open = true;

  Mailbox(String name) {
    Thread.ofVirtual().name(name).start(this::work);
  }

  void put(Runnable task) {
    queue.add(task);
  }

  /** Runs {@code task} after all others; nothing put later runs. */
  void putLast(Runnable task) {
    queue.add(
        () -> {
          open = false;
          task.run();
        });
  }

  int size() {
    return queue.size();
  }

  /** A task that fails must not keep the last one from running. */
  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("a connection's task failed", e);
    }
  }

  private void work() {
    try {
      while (open) {
        run(queue.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
