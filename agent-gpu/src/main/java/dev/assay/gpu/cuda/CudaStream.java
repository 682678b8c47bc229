package dev.assay.gpu.cuda;

import java.nio.ByteBuffer;

/** A queue of work for a device. Nothing here waits but {@link #synchronize} and what says so. */
public final class CudaStream implements AutoCloseable, CudaContext.Owned {
  /** How much is copied at once from or to ordinary memory, so that it can be cancelled between. */
  private static final int PIECE_BYTES = 64 << 20;

  private final CudaContext context;
  private final DriverCalls.Queue handle;
  private final DriverCalls.Mark end;

  CudaStream(CudaContext context, DriverCalls.Queue handle, DriverCalls.Mark end) {
    this.context = context;
    this.handle = handle;
    this.end = end;
  }

  /** Copies to the device. The buffer must not change until it is done. */
  public void copyIn(DeviceMemory to, long at, PinnedBuffer from, long offset, long bytes)
      throws CudaException {
    context
        .calls()
        .copyIn(to.range(at, bytes), at, from.range(offset, bytes), offset, bytes, handle);
  }

  /** Copies from the device; the bytes are there once it is done. */
  public void copyOut(PinnedBuffer to, long offset, DeviceMemory from, long at, long bytes)
      throws CudaException {
    context
        .calls()
        .copyOut(to.range(offset, bytes), offset, from.range(at, bytes), at, bytes, handle);
  }

  /** Copies within the device. */
  public void copyWithin(DeviceMemory to, long at, DeviceMemory from, long offset, long bytes)
      throws CudaException {
    context
        .calls()
        .copyWithin(to.range(at, bytes), at, from.range(offset, bytes), offset, bytes, handle);
  }

  /**
   * Copies ordinary memory to the device, piece by piece, and waits for it.
   *
   * @param from a direct buffer, from its position to its limit
   */
  public void copyInAndWait(DeviceMemory to, long at, ByteBuffer from)
      throws CudaException, InterruptedException {
    synchronize();
    DriverCalls.Address address = to.range(at, from.remaining());
    for (int done = 0; done < from.remaining(); done += PIECE_BYTES) {
      context.checkCancelled();
      context.calls().copyIn(address, at + done, piece(from, done));
    }
  }

  /**
   * Copies from the device to ordinary memory, piece by piece, and waits for it.
   *
   * @param to a direct buffer, from its position to its limit
   */
  public void copyOutAndWait(ByteBuffer to, DeviceMemory from, long at)
      throws CudaException, InterruptedException {
    synchronize();
    DriverCalls.Address address = from.range(at, to.remaining());
    for (int done = 0; done < to.remaining(); done += PIECE_BYTES) {
      context.checkCancelled();
      context.calls().copyOut(piece(to, done), address, at + done);
    }
  }

  /** Sets bytes of the device's memory. */
  public void fill(DeviceMemory memory, long at, byte value, long bytes) throws CudaException {
    context.calls().fill(memory.range(at, bytes), at, value, bytes, handle);
  }

  /** Lets what comes after this wait until another queue has come to the event. */
  public void waitFor(CudaEvent event) throws CudaException {
    context.calls().await(handle, event.handle());
  }

  /**
   * Waits until all of it is done.
   *
   * @throws CudaException if any of it failed, or it is not done in time
   */
  public void synchronize() throws CudaException, InterruptedException {
    context.calls().record(end, handle);
    context.await(end, "waiting for its work");
  }

  /** Gives it back; once more does nothing. */
  @Override
  public void close() throws CudaException {
    context.free(this);
  }

  @Override
  public void free() throws CudaException {
    context.calls().destroy(end);
    context.calls().destroy(handle);
  }

  DriverCalls.Queue handle() {
    return handle;
  }

  private static ByteBuffer piece(ByteBuffer whole, int done) {
    int from = whole.position() + done;
    return whole.slice(from, Math.min(PIECE_BYTES, whole.limit() - from));
  }
}
