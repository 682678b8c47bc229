package dev.assay.gpu.proof;

import dev.assay.gpu.cuda.Arguments;
import dev.assay.gpu.cuda.CudaContext;
import dev.assay.gpu.cuda.CudaException;
import dev.assay.gpu.cuda.CudaModule;
import dev.assay.gpu.cuda.CudaStream;
import dev.assay.gpu.cuda.DeviceMemory;
import dev.assay.gpu.cuda.Grid;
import dev.assay.gpu.cuda.Kernel;

/**
 * The kernel that multiplies and digests, in the variant for the device, with the shape that the
 * variant says it has.
 *
 * @param tileRows how many rows of the product a thread block does, a power of two
 * @param tileColumns how many columns
 */
record ProductKernel(Kernel kernel, int tileRows, int tileColumns, int threads, int dynamicShared) {
  private static final String MODULE = "matmul";
  private static final int SHAPE_WORDS = 4;

  static ProductKernel load(CudaContext context) throws CudaException, InterruptedException {
    CudaModule module = context.module(MODULE);
    try (CudaStream stream = context.stream();
        DeviceMemory shape = context.allocate((long) SHAPE_WORDS * Integer.BYTES)) {
      module
          .kernel("matmul_shape")
          .launch(stream, new Grid(1, 1, 1, 0), new Arguments().pointer(shape));
      int[] words = new Staging(context, stream).words(shape, 0, SHAPE_WORDS);
      Kernel kernel = module.kernel("matmul_digest");
      kernel.allowDynamicShared(words[3]);
      return new ProductKernel(kernel, words[0], words[1], words[2], words[3]);
    }
  }

  Grid grid(int rows, int columns) {
    return new Grid(
        (columns + tileColumns - 1) / tileColumns,
        (rows + tileRows - 1) / tileRows,
        threads,
        dynamicShared);
  }
}
