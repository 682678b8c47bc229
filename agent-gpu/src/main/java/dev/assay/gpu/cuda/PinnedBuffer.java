package dev.assay.gpu.cuda;

import java.nio.ByteBuffer;

/** Memory of the host that devices copy from and to at full speed, and beside other work. */
public final class PinnedBuffer implements AutoCloseable, CudaContext.Owned {
  private final CudaContext context;
  private final DriverCalls.Host handle;

  PinnedBuffer(CudaContext context, DriverCalls.Host handle) {
    this.context = context;
    this.handle = handle;
  }

  /** All of it, little-endian. It must not be touched after {@link #close}. */
  public ByteBuffer bytes() {
    return handle.bytes();
  }

  /** Gives it back; once more does nothing. */
  @Override
  public void close() throws CudaException {
    context.free(this);
  }

  @Override
  public void free() throws CudaException {
    context.calls().unpin(handle);
  }

  DriverCalls.Host range(long offset, long length) {
    int size = handle.bytes().capacity();
    if (offset < 0 || length < 0 || offset > size - length) {
      throw new IndexOutOfBoundsException(
          "bytes %d to %d of %d".formatted(offset, offset + length, size));
    }
    return handle;
  }
}
