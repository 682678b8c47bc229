package dev.assay.benchmark.host;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that do the same work at the same time, each with memory of its own. */
final class Crew<T> implements AutoCloseable {
  private final ExecutorService pool;
  private final List<T> members;

  private Crew(ExecutorService pool, List<T> members) {
    this.pool = pool;
    this.members = members;
  }

  /** What a thread does with its own. */
  @FunctionalInterface
  interface Task<T> {
    void run(T own) throws Exception;
  }

  /**
   * Starts the threads. Each makes what it works on itself, so that it lies in memory near its
   * processor.
   */
  static <T> Crew<T> of(int threads, Callable<T> newMember) throws InterruptedException {
    ExecutorService pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("bench-", 0).factory());
    List<T> members = new ArrayList<>();
    try {
      List<Callable<T>> makers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        makers.add(newMember);
      }
      for (Future<T> made : pool.invokeAll(makers)) {
        members.add(made.get());
      }
      return new Crew<>(pool, members);
    } catch (ExecutionException e) {
      pool.shutdownNow();
      throw failure(e);
    } catch (InterruptedException e) {
      pool.shutdownNow();
      throw e;
    }
  }

  int size() {
    return members.size();
  }

  /** Lets every thread do the task once; returns when the last has done it. */
  void run(Task<T> task) throws InterruptedException {
    List<Callable<Void>> tasks = new ArrayList<>();
    for (T member : members) {
      tasks.add(
          () -> {
            task.run(member);
            return null;
          });
    }
    try {
      for (Future<Void> done : pool.invokeAll(tasks)) {
        done.get();
      }
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }

  private static RuntimeException failure(ExecutionException e) {
    if (e.getCause() instanceof OutOfMemoryError none) {
      throw none;
    }
    return new IllegalStateException(e.getCause());
  }
}
