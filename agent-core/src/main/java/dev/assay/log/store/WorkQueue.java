package dev.assay.log.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The work of many threads for one writer, in the order in which it came. */
final class WorkQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Work> waiting = new ArrayDeque<>();
  private boolean closed;

  /** Adds work; false if the queue is closed. */
  boolean add(Work work) {
    lock.lock();
    try {
      if (!closed) {
        waiting.add(work);
        changed.signal();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for work and takes either one piece or as many appends as fit into one commit of at most
   * {@code limit} entries. Empty once the queue is closed and all was taken.
   */
  List<Work> take(int limit) {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      List<Work> taken = new ArrayList<>();
      int entries = 0;
      while (waiting.peek() instanceof Work.Append next
          && (taken.isEmpty() || entries + next.entries().size() <= limit)) {
        entries += next.entries().size();
        taken.add(waiting.remove());
      }
      if (taken.isEmpty() && !waiting.isEmpty()) {
        taken.add(waiting.remove());
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more work; what waits is still handed out. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }
}
