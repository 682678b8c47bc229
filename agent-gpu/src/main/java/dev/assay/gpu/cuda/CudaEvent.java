package dev.assay.gpu.cuda;

/** A mark in a queue of work. */
public final class CudaEvent implements AutoCloseable, CudaContext.Owned {
  private final CudaContext context;
  private final DriverCalls.Mark handle;

  CudaEvent(CudaContext context, DriverCalls.Mark handle) {
    this.context = context;
    this.handle = handle;
  }

  /** Puts it behind all that is in the queue now. */
  public void record(CudaStream stream) throws CudaException {
    context.calls().record(handle, stream.handle());
  }

  /** Whether its queue has come to it. */
  public boolean isReached() throws CudaException {
    return context.calls().reached(handle);
  }

  /** Waits until its queue has come to it. */
  public void await() throws CudaException, InterruptedException {
    context.await(handle, "waiting for its work");
  }

  /**
   * Milliseconds from an earlier event, by the device's own clock: fit for tuning, and never for a
   * proof, since a device may lie about it.
   */
  public float millisecondsSince(CudaEvent earlier) throws CudaException {
    return context.calls().milliseconds(earlier.handle, handle);
  }

  /** Gives it back; once more does nothing. */
  @Override
  public void close() throws CudaException {
    context.free(this);
  }

  @Override
  public void free() throws CudaException {
    context.calls().destroy(handle);
  }

  DriverCalls.Mark handle() {
    return handle;
  }
}
