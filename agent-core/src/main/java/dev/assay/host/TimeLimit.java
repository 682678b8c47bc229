package dev.assay.host;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs reads that may hang: each has a limit of its own, and all have one together. A read that is
 * over its limit is left behind on a daemon thread; the next one gets another thread.
 */
final class TimeLimit implements AutoCloseable {
  private final Duration each;
  private final long end;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("host-read-", 0).factory());

  TimeLimit(Duration each, Duration together) {
    this.each = each;
    this.end = System.nanoTime() + together.toNanos();
  }

  /**
   * The read's result.
   *
   * @throws TimeoutException if it took longer than its limit
   * @throws IOException if the read failed
   */
  <T> T call(Callable<T> read) throws IOException, TimeoutException {
    long nanos = Math.min(each.toNanos(), end - System.nanoTime());
    if (nanos <= 0) {
      throw new TimeoutException("not read: the time for the whole probe was over");
    }
    Future<T> result = threads.submit(read);
    try {
      return result.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new TimeoutException("no answer within " + each.toMillis() + " ms");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimeoutException("not read: the probe was interrupted");
    } finally {
      result.cancel(true);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
