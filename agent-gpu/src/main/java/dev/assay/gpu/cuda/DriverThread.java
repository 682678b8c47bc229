package dev.assay.gpu.cuda;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A thread for calls of the driver, so that the one who waits for it can leave when a call does not
 * return. What it left behind is then cleaned up by the thread itself, should the call ever return.
 *
 * @param <X> what its work can end with beside the driver's errors
 */
final class DriverThread<T, X extends Exception> {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** What it does. */
  @FunctionalInterface
  interface Body<T, X extends Exception> {
    T run(DriverThread<T, X> thread) throws X, CudaException, InterruptedException;
  }

  private final String where;
  private final Limits limits;
  private final Body<T, X> body;
  private final CallWatch watch = new CallWatch();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean cancelled;
  private volatile CudaException hung;
  private T result;
  private Throwable failure;

  DriverThread(String where, Limits limits, Body<T, X> body) {
    this.where = where;
    this.limits = limits;
    this.body = body;
  }

  DriverCalls calls() {
    return new DriverCalls(where, watch, limits);
  }

  /** Whether whoever waits wants it to end. */
  boolean isCancelled() {
    return cancelled;
  }

  /** The device has not finished what was launched: from now on calls may never return. */
  CudaException hangs(String what) {
    hung = CudaException.notAnswering(where, what, limits.work().toSeconds());
    return hung;
  }

  boolean hasEnded() {
    return ended.getCount() == 0;
  }

  /** Waits for its end, at most so long; whether it has come. */
  boolean awaitEnd(Duration most) throws InterruptedException {
    return ended.await(most.toNanos(), TimeUnit.NANOSECONDS);
  }

  void start() {
    Thread thread = new Thread(this::run, "assay-driver-" + where);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Waits for the result.
   *
   * @param tick called on this thread now and then
   * @throws InterruptedException if this thread was interrupted; the work has then ended too,
   *     unless a call of the driver does not return
   */
  T await(Runnable tick) throws X, InterruptedException, CudaException {
    try {
      while (!ended.await(LOOK_NANOS, TimeUnit.NANOSECONDS)) {
        tick.run();
        throwIfHung();
      }
    } catch (InterruptedException e) {
      cancel();
      throw e;
    } catch (RuntimeException | Error e) {
      cancel();
      throw e;
    }
    return result();
  }

  private void run() {
    try {
      result = body.run(this);
    } catch (Throwable e) {
      failure = e;
    } finally {
      ended.countDown();
    }
  }

  private void throwIfHung() throws CudaException {
    if (hung != null) {
      cancelled = true;
      throw hung;
    }
    CallWatch.Entered call = watch.present().orElse(null);
    if (call != null && call.isOverdue()) {
      cancelled = true;
      throw CudaException.notAnswering(where, call.call(), call.limit().toSeconds());
    }
  }

  /** Has the work end, and waits while it can still be expected to. */
  private void cancel() {
    cancelled = true;
    boolean interrupted = false;
    while (!hasEnded() && isOnItsWay()) {
      try {
        ended.await(LOOK_NANOS, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isOnItsWay() {
    return watch
        .present()
        .map(call -> call.cleanup() ? !call.isOverdue() : call.age().compareTo(limits.cancel()) < 0)
        .orElse(true);
  }

  // The body can end with nothing else.
  @SuppressWarnings("unchecked")
  private T result() throws X, InterruptedException, CudaException {
    return switch (failure) {
      case null -> result;
      case CudaException e -> throw e;
      case InterruptedException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw (X) failure;
    };
  }
}
