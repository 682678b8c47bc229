package dev.assay.gpu.cuda;

import java.util.Arrays;

/**
 * The driver's result codes, each with what it means on a host and what its owner does next. Codes
 * and names are those of the CUDA driver API, {@code cuda.h}, {@code CUresult}.
 */
public enum CudaError {
  /** CUDA_ERROR_INVALID_VALUE. */
  INVALID_VALUE(1, Remedy.STOP, "the driver rejects a call of this program", Advice.REPORT),
  /** CUDA_ERROR_OUT_OF_MEMORY. */
  OUT_OF_MEMORY(
      2,
      Remedy.RETRY,
      "the device has not enough free memory",
      "end what else uses it (nvidia-smi lists the processes), or ask for less"),
  /** CUDA_ERROR_NOT_INITIALIZED. */
  NOT_INITIALIZED(3, Remedy.STOP, "the driver is not initialized", Advice.RESTART),
  /** CUDA_ERROR_DEINITIALIZED. */
  DEINITIALIZED(4, Remedy.STOP, "the driver is shutting down", Advice.RESTART),
  /** CUDA_ERROR_STUB_LIBRARY. */
  STUB_LIBRARY(
      34,
      Remedy.FIX,
      "libcuda.so.1 is the CUDA toolkit's stub and no driver",
      "take the toolkit's stubs folder out of LD_LIBRARY_PATH and ld.so.conf"),
  /** CUDA_ERROR_DEVICE_UNAVAILABLE. */
  DEVICE_UNAVAILABLE(
      46,
      Remedy.RETRY,
      "another process has the device for itself",
      "end that process, or allow sharing with nvidia-smi -c 0"),
  /** CUDA_ERROR_NO_DEVICE. */
  NO_DEVICE(
      100,
      Remedy.FIX,
      "the driver sees no device",
      "see whether nvidia-smi lists one, what CUDA_VISIBLE_DEVICES says, and whether this container"
          + " was given a GPU"),
  /** CUDA_ERROR_INVALID_DEVICE. */
  INVALID_DEVICE(101, Remedy.FIX, "the device has gone from the driver's list", Advice.KERNEL_LOG),
  /** CUDA_ERROR_DEVICE_NOT_LICENSED. */
  DEVICE_NOT_LICENSED(
      102,
      Remedy.FIX,
      "the virtual GPU has no licence to compute",
      "configure its licence server, /etc/nvidia/gridd.conf"),
  /** CUDA_ERROR_INVALID_IMAGE. */
  INVALID_IMAGE(200, Remedy.STOP, "the driver cannot read a kernel", Advice.REPORT),
  /** CUDA_ERROR_INVALID_CONTEXT. */
  INVALID_CONTEXT(201, Remedy.STOP, "the device's context is gone", Advice.RESTART),
  /** CUDA_ERROR_NO_BINARY_FOR_GPU. */
  NO_BINARY_FOR_GPU(
      209,
      Remedy.STOP,
      "a kernel is for other devices than this",
      "update Assay; this device is not supported yet"),
  /** CUDA_ERROR_ECC_UNCORRECTABLE. */
  ECC_UNCORRECTABLE(
      214,
      Remedy.STOP,
      "the device's memory has an error that ECC cannot correct",
      "end all work on it and run nvidia-smi --gpu-reset; if the error returns, replace the card"),
  /** CUDA_ERROR_INVALID_PTX. */
  INVALID_PTX(218, Remedy.STOP, "the driver cannot compile a kernel", Advice.REPORT),
  /** CUDA_ERROR_NVLINK_UNCORRECTABLE. */
  NVLINK_UNCORRECTABLE(220, Remedy.STOP, "an NVLink has an uncorrectable error", Advice.KERNEL_LOG),
  /** CUDA_ERROR_JIT_COMPILER_NOT_FOUND. */
  JIT_COMPILER_NOT_FOUND(
      221,
      Remedy.FIX,
      "the driver's kernel compiler is missing",
      "install libnvidia-ptxjitcompiler.so.1 of the same version as the driver"),
  /** CUDA_ERROR_UNSUPPORTED_PTX_VERSION. */
  UNSUPPORTED_PTX_VERSION(
      222, Remedy.FIX, "the driver is older than the kernels", "install driver 525 or newer"),
  /** CUDA_ERROR_JIT_COMPILATION_DISABLED. */
  JIT_COMPILATION_DISABLED(
      223,
      Remedy.FIX,
      "kernel compilation is switched off",
      "unset CUDA_DISABLE_PTX_JIT in the agent's environment"),
  /** CUDA_ERROR_OPERATING_SYSTEM. */
  OPERATING_SYSTEM(
      304,
      Remedy.FIX,
      "the operating system refuses the driver a call",
      "see that this user may read and write /dev/nvidia*, and that the locked memory limit allows"
          + " it (ulimit -l)"),
  /** CUDA_ERROR_INVALID_HANDLE. */
  INVALID_HANDLE(400, Remedy.STOP, "a handle is no longer valid", Advice.REPORT),
  /** CUDA_ERROR_NOT_FOUND. */
  NOT_FOUND(500, Remedy.STOP, "a kernel is missing", Advice.REPORT),
  /** CUDA_ERROR_ILLEGAL_ADDRESS. */
  ILLEGAL_ADDRESS(
      700,
      Remedy.STOP,
      "a kernel was stopped at an address that is not its own: the device was lost or is faulty",
      Advice.KERNEL_LOG),
  /** CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES. */
  LAUNCH_OUT_OF_RESOURCES(701, Remedy.STOP, "the device is too small for a kernel", Advice.REPORT),
  /** CUDA_ERROR_LAUNCH_TIMEOUT. */
  LAUNCH_TIMEOUT(
      702,
      Remedy.FIX,
      "the display's watchdog ended a kernel",
      "ask for smaller proofs, or use the device without a display"),
  /** CUDA_ERROR_HARDWARE_STACK_ERROR. */
  HARDWARE_STACK_ERROR(714, Remedy.STOP, "the device's stack is faulty", Advice.KERNEL_LOG),
  /** CUDA_ERROR_ILLEGAL_INSTRUCTION. */
  ILLEGAL_INSTRUCTION(
      715, Remedy.STOP, "the device met an instruction it does not know", Advice.KERNEL_LOG),
  /** CUDA_ERROR_MISALIGNED_ADDRESS. */
  MISALIGNED_ADDRESS(716, Remedy.STOP, "a kernel used an uneven address", Advice.KERNEL_LOG),
  /** CUDA_ERROR_LAUNCH_FAILED. */
  LAUNCH_FAILED(719, Remedy.STOP, "a kernel broke off", Advice.KERNEL_LOG),
  /** CUDA_ERROR_NOT_PERMITTED. */
  NOT_PERMITTED(
      800,
      Remedy.FIX,
      "the driver does not permit it",
      "see the limits of this user, container or MIG instance"),
  /** CUDA_ERROR_NOT_SUPPORTED. */
  NOT_SUPPORTED(801, Remedy.FIX, "the driver does not support it here", Advice.REPORT),
  /** CUDA_ERROR_SYSTEM_NOT_READY. */
  SYSTEM_NOT_READY(
      802,
      Remedy.FIX,
      "the system is not ready",
      "on a machine with NVSwitch start nvidia-fabricmanager, of the driver's version"),
  /** CUDA_ERROR_SYSTEM_DRIVER_MISMATCH. */
  SYSTEM_DRIVER_MISMATCH(
      803,
      Remedy.FIX,
      "libcuda.so.1 and the kernel module are of different driver versions",
      "restart the host, or reload the nvidia kernel modules"),
  /** CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE. */
  COMPAT_NOT_SUPPORTED_ON_DEVICE(
      804,
      Remedy.FIX,
      "the forward-compatibility libcuda.so.1 does not work with this device",
      "take the cuda-compat folder out of LD_LIBRARY_PATH and ld.so.conf"),
  /** CUDA_ERROR_MPS_CONNECTION_FAILED. */
  MPS_CONNECTION_FAILED(
      805,
      Remedy.FIX,
      "the MPS server does not answer",
      "start nvidia-cuda-mps-control -d, or unset CUDA_MPS_PIPE_DIRECTORY"),
  /** CUDA_ERROR_TIMEOUT. */
  TIMEOUT(909, Remedy.RETRY, "the device took too long", Advice.KERNEL_LOG),
  /** CUDA_ERROR_UNKNOWN. */
  UNKNOWN(
      999,
      Remedy.STOP,
      "the driver fails without a reason, as with a device that fell off the bus",
      Advice.KERNEL_LOG),
  /** No code: the driver did not return from a call, or the device did not finish its work. */
  NOT_ANSWERING(
      -1,
      Remedy.STOP,
      "the device does not answer",
      "look for Xid lines in the kernel log (dmesg), then run nvidia-smi --gpu-reset or restart the"
          + " host"),
  /** Any other code. */
  OTHER(-2, Remedy.STOP, "the driver reports an error", Advice.KERNEL_LOG);

  private final int code;
  private final Remedy remedy;
  private final String meaning;
  private final String advice;

  CudaError(int code, Remedy remedy, String meaning, String advice) {
    this.code = code;
    this.remedy = remedy;
    this.meaning = meaning;
    this.advice = advice;
  }

  /** The error of a code other than success. */
  static CudaError ofCode(int code) {
    return Arrays.stream(values())
        .filter(error -> error.code == code && code > 0)
        .findFirst()
        .orElse(OTHER);
  }

  /** What kind of step the owner takes. */
  public Remedy remedy() {
    return remedy;
  }

  /** What happened, as the middle of a sentence. */
  public String meaning() {
    return meaning;
  }

  /** What the owner does about it, as the end of a sentence. */
  public String advice() {
    return advice;
  }

  private static final class Advice {
    static final String KERNEL_LOG =
        "look for Xid lines in the kernel log (dmesg); if it happens again, run nvidia-smi"
            + " --gpu-reset or restart the host";
    static final String REPORT = "report it with this line and assay --version";
    static final String RESTART = "restart the agent";
  }
}
