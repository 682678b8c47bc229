package dev.assay.gpu.check;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import dev.assay.gpu.check.GpuCheckResult.Library;
import dev.assay.gpu.check.GpuCheckResult.Rate;
import dev.assay.gpu.cuda.CudaContext;
import dev.assay.gpu.cuda.CudaException;
import dev.assay.gpu.cuda.DeviceMemory;
import java.util.List;
import java.util.Optional;

/**
 * cuBLAS, if it is on this machine: its product of signed bytes with 32-bit sums, as the yardstick
 * for matmul. It works in the context that is current on the calling thread.
 */
final class Cublas {
  private static final List<String> NAMES =
      List.of("libcublas.so.13", "libcublas.so.12", "libcublas.so.11", "libcublas.so");

  // Of cublas_api.h and library_types.h.
  private static final int TRANSPOSED = 1;
  private static final int AS_IT_IS = 0;
  private static final int INT8 = 3;
  private static final int INT32 = 10;
  private static final int COMPUTE_INT32 = 72;
  private static final int ANY_ALGORITHM = -1;
  private static final int REPETITIONS = 5;

  private Cublas() {}

  /** Multiplies the same matrices as the proof does, and keeps the product in memory. */
  static Library multiply(CudaContext context, Product product, int n)
      throws CudaException, InterruptedException {
    Optional<NativeLibrary> library = find();
    if (library.isEmpty()) {
      return new Library.NotAtHand("there is no libcublas on this machine");
    }
    product.stream().synchronize();
    try (DeviceMemory c = context.allocate((long) n * n * Integer.BYTES)) {
      return multiply(library.get(), product, c, n);
    } catch (UnsatisfiedLinkError e) {
      return new Library.NotAtHand("its functions are others than those known here");
    }
  }

  private static Optional<NativeLibrary> find() {
    for (String name : NAMES) {
      try {
        return Optional.of(NativeLibrary.getInstance(name));
      } catch (UnsatisfiedLinkError e) {
        // The next name may be there.
      }
    }
    return Optional.empty();
  }

  private static Library multiply(NativeLibrary library, Product product, DeviceMemory c, int n) {
    PointerByReference handle = new PointerByReference();
    int code = library.getFunction("cublasCreate_v2").invokeInt(new Object[] {handle});
    if (code != 0) {
      return new Library.NotAtHand("cublasCreate answered with status " + code);
    }
    try {
      double[] seconds = new double[REPETITIONS];
      for (int i = -1; i < REPETITIONS; i++) {
        long start = System.nanoTime();
        code = gemm(library, handle.getValue(), product, c, n);
        int waited = synchronise();
        if (code != 0 || waited != 0) {
          return new Library.NotAtHand(
              "cublasGemmEx answered with status %d, the device with %d".formatted(code, waited));
        }
        if (i >= 0) {
          seconds[i] = (System.nanoTime() - start) / 1e9;
        }
      }
      return new Library.Measured(
          new Rate("cuBLAS int8", product.operations() / Product.median(seconds)));
    } finally {
      library.getFunction("cublasDestroy_v2").invokeInt(new Object[] {handle.getValue()});
    }
  }

  /** Rows of A with columns of B, both with k as the fast index: what the library is best at. */
  private static int gemm(
      NativeLibrary library, Pointer handle, Product product, DeviceMemory c, int n) {
    IntByReference one = new IntByReference(1);
    IntByReference zero = new IntByReference(0);
    return library
        .getFunction("cublasGemmEx")
        .invokeInt(
            new Object[] {
              handle,
              TRANSPOSED,
              AS_IT_IS,
              n,
              n,
              n,
              one,
              new Pointer(product.a().address()),
              INT8,
              n,
              new Pointer(product.bt().address()),
              INT8,
              n,
              zero,
              new Pointer(c.address()),
              INT32,
              n,
              COMPUTE_INT32,
              ANY_ALGORITHM
            });
  }

  /** The library uses a queue of its own, so everything is waited for. */
  private static int synchronise() {
    return Function.getFunction("libcuda.so.1", "cuCtxSynchronize").invokeInt(new Object[0]);
  }
}
