package dev.assay.gpu.cuda;

/** Loaded kernels. */
public final class CudaModule implements CudaContext.Owned {
  private final CudaContext context;
  private final PtxImage image;
  private final DriverCalls.Image handle;

  CudaModule(CudaContext context, PtxImage image, DriverCalls.Image handle) {
    this.context = context;
    this.image = image;
    this.handle = handle;
  }

  /** What it was compiled for, such as {@code sm80}. */
  public String target() {
    return image.target();
  }

  /** The kernel of that name. */
  public Kernel kernel(String name) throws CudaException {
    return new Kernel(context, name, context.calls().function(handle, name));
  }

  @Override
  public void free() throws CudaException {
    context.calls().unload(handle);
  }
}
