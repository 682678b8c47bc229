package dev.assay.gpu.cuda;

/** A device or its driver failed. The message says what, in which call, and what to do. */
public final class CudaException extends Exception {
  private final CudaError error;

  private CudaException(CudaError error, String message) {
    super(message);
    this.error = error;
  }

  /** What a call's result code comes to. */
  static CudaException ofCode(String where, String call, int code) {
    CudaError error = CudaError.ofCode(code);
    return new CudaException(
        error,
        "%s: %s (%s: error %d); %s".formatted(where, error.meaning(), call, code, error.advice()));
  }

  /** The driver or the device did not come back within {@code seconds}. */
  static CudaException notAnswering(String where, String call, long seconds) {
    CudaError error = CudaError.NOT_ANSWERING;
    return new CudaException(
        error,
        "%s: %s (%s: nothing within %d s); %s"
            .formatted(where, error.meaning(), call, seconds, error.advice()));
  }

  /** Something that this program needs of the device is not so. */
  static CudaException of(CudaError error, String where, String detail) {
    return new CudaException(
        error, "%s: %s (%s); %s".formatted(where, error.meaning(), detail, error.advice()));
  }

  /** Which error. */
  public CudaError error() {
    return error;
  }
}
