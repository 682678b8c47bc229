package dev.assay.gpu.cuda;

/** An allocation on a device. */
public final class DeviceMemory implements AutoCloseable, CudaContext.Owned {
  private final CudaContext context;
  private final DriverCalls.Address handle;
  private final long bytes;

  DeviceMemory(CudaContext context, DriverCalls.Address handle, long bytes) {
    this.context = context;
    this.handle = handle;
    this.bytes = bytes;
  }

  /** Its size. */
  public long bytes() {
    return bytes;
  }

  /** Where it is, in the device's address space. */
  public long address() {
    return handle.value();
  }

  /** Gives it back; once more does nothing. */
  @Override
  public void close() throws CudaException {
    context.free(this);
  }

  @Override
  public void free() throws CudaException {
    context.calls().free(handle);
  }

  /** The handle, for {@code length} bytes from {@code offset} on. */
  DriverCalls.Address range(long offset, long length) {
    if (offset < 0 || length < 0 || offset > bytes - length) {
      throw new IndexOutOfBoundsException(
          "bytes %d to %d of %d".formatted(offset, offset + length, bytes));
    }
    return handle;
  }
}
