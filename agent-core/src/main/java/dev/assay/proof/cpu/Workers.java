package dev.assay.proof.cpu;

import dev.assay.proof.ProverException;
import dev.assay.proof.ProverException.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Threads that share the numbered parts of one piece of work after the other, lowest number first.
 * The caller waits for them: when it is interrupted, or a part fails, the threads are interrupted,
 * and they have ended before {@link #close} does.
 */
final class Workers implements AutoCloseable {
  private static final long TICK_MS = 50;

  private final int threads;
  private final ExecutorService pool;

  Workers(int threads) {
    this.threads = threads;
    this.pool = Executors.newFixedThreadPool(threads, Workers::thread);
  }

  /** One thread's way of doing parts, with whatever memory it needs of its own. */
  @FunctionalInterface
  interface Worker {
    /** Does part {@code index}; ends early with an exception within some 10 ms of an interrupt. */
    void run(long index) throws InterruptedException;
  }

  /** One piece of work on threads of its own. */
  static void run(int threads, long parts, Supplier<Worker> newWorker, Runnable tick)
      throws InterruptedException, ProverException {
    try (Workers workers = new Workers((int) Math.min(threads, parts))) {
      workers.run(parts, newWorker, tick);
    }
  }

  /**
   * Does parts 0 to {@code parts − 1}. After an exception there is only {@link #close}.
   *
   * @param newWorker is called once on each thread
   * @param tick is called on the calling thread now and then, and when all is done
   */
  void run(long parts, Supplier<Worker> newWorker, Runnable tick)
      throws InterruptedException, ProverException {
    AtomicLong next = new AtomicLong();
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      running.add(
          pool.submit(
              () -> {
                work(next, parts, newWorker);
                return null;
              }));
    }
    try {
      for (Future<?> future : running) {
        await(future, tick);
      }
      tick.run();
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
    pool.close();
  }

  private static void work(AtomicLong next, long parts, Supplier<Worker> newWorker)
      throws InterruptedException {
    try {
      Worker worker = newWorker.get();
      for (long i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        worker.run(i);
      }
    } catch (InterruptedException | RuntimeException | Error e) {
      next.set(parts);
      throw e;
    }
  }

  private static void await(Future<?> future, Runnable tick)
      throws InterruptedException, ExecutionException {
    while (true) {
      try {
        future.get(TICK_MS, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        tick.run();
      }
    }
  }

  private static ProverException failure(Throwable cause) {
    if (cause instanceof OutOfMemoryError) {
      return new ProverException(
          Remedy.RETRY,
          "there is not enough memory for the proof ("
              + cause.getMessage()
              + "); try again with less running, or raise -Xmx or -XX:MaxDirectMemorySize",
          cause);
    }
    return new ProverException(
        Remedy.STOP, "a proof thread ended with " + cause + "; please report it", cause);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "proof");
    thread.setDaemon(true);
    return thread;
  }
}
