package dev.assay.gpu.cuda;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One device of the driver's. It is started for each use and stopped after it, so that between uses
 * nothing of the host is taken; uses come one after the other.
 */
public final class CudaDevice {
  private final DeviceFacts facts;
  private final Limits limits;
  private final ReentrantLock turn = new ReentrantLock(true);
  private Optional<DriverThread<?, ?>> left = Optional.empty();

  CudaDevice(DeviceFacts facts, Limits limits) {
    this.facts = facts;
    this.limits = limits;
  }

  /**
   * What is done with a started device.
   *
   * @param <X> what it can end with beside the device's own errors
   */
  @FunctionalInterface
  public interface Task<T, X extends Exception> {
    /**
     * Runs on a thread of the device. Everything that it takes from the context and does not close
     * is closed after it.
     */
    T run(CudaContext context) throws X, CudaException, InterruptedException;
  }

  /** What the driver said of it when the process began. */
  public DeviceFacts facts() {
    return facts;
  }

  /** The device id of challenges, as in {@code cuda:0}. */
  public String id() {
    return facts.id();
  }

  /** Uses the device. */
  public <T, X extends Exception> T use(Task<T, X> task)
      throws X, InterruptedException, CudaException {
    return use(task, () -> {});
  }

  /**
   * Uses the device. However this ends, the device's memory has been given back by then, unless the
   * device hangs.
   *
   * @param tick called on this thread about every 10 ms, to tell others how far the task is
   * @throws InterruptedException if this thread was interrupted; it ends within about 100 ms
   * @throws CudaException if the device or its driver fails or does not answer
   */
  public <T, X extends Exception> T use(Task<T, X> task, Runnable tick)
      throws X, InterruptedException, CudaException {
    turn.lockInterruptibly();
    try {
      requireFree();
      DriverThread<T, X> thread = new DriverThread<>(id(), limits, own -> started(own, task));
      left = Optional.of(thread);
      thread.start();
      return thread.await(tick);
    } finally {
      turn.unlock();
    }
  }

  /** An earlier use that was left may still be in a call, or cleaning up. */
  private void requireFree() throws InterruptedException, CudaException {
    if (left.isPresent() && !left.get().awaitEnd(limits.call())) {
      throw CudaException.notAnswering(id(), "an earlier call", limits.call().toSeconds());
    }
  }

  private <T, X extends Exception> T started(DriverThread<T, X> thread, Task<T, X> task)
      throws X, CudaException, InterruptedException {
    DriverCalls calls = thread.calls();
    DriverCalls.Device device = calls.device(facts.ordinal());
    DriverCalls.Context context = calls.retain(device);
    try (Started started = () -> calls.release(device)) {
      calls.makeCurrent(context);
      try (CudaContext given = new CudaContext(facts, thread, calls, limits)) {
        return task.run(given);
      }
    }
  }

  @FunctionalInterface
  private interface Started extends AutoCloseable {
    @Override
    void close() throws CudaException;
  }
}
