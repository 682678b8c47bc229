package dev.assay.gpu.cuda;

/** A kernel that can be launched. */
public final class Kernel {
  private final CudaContext context;
  private final String name;
  private final DriverCalls.Function handle;

  Kernel(CudaContext context, String name, DriverCalls.Function handle) {
    this.context = context;
    this.name = name;
    this.handle = handle;
  }

  /** Puts a run of it into a queue. */
  public void launch(CudaStream stream, Grid grid, Arguments arguments) throws CudaException {
    context.calls().launch(name, handle, grid, stream.handle(), arguments.values());
  }

  /** Allows launches with that much dynamic shared memory, which may be more than usual. */
  public void allowDynamicShared(int bytes) throws CudaException {
    context.calls().allowDynamicShared(handle, bytes);
  }

  /** How many of its blocks a multiprocessor holds at once. */
  public int residentBlocks(int threads, int dynamicShared) throws CudaException {
    return context.calls().residentBlocks(handle, threads, dynamicShared);
  }
}
