package dev.assay.gpu.nvml;

/** The library's result codes ({@code nvmlReturn_t}), in words. */
final class NvmlResult {
  static final int SUCCESS = 0;
  static final int INSUFFICIENT_SIZE = 7;

  private NvmlResult() {}

  /** Why a call with this result gave no value. */
  static String reason(int code) {
    return switch (code) {
      case 1 -> "the library is not initialised";
      case 2 -> "the library refused the argument";
      case 3 -> "the device does not support it";
      case 4 -> "permission denied";
      case 6 -> "the device was not found";
      case INSUFFICIENT_SIZE -> "the library has more to say than fits";
      case 8 -> "the device's power cables are not attached";
      case 9 -> "NVIDIA's kernel driver is not loaded";
      case 10 -> "the driver ran into a time limit of its own";
      case 11 -> "the kernel found an interrupt problem with the device";
      case 12 -> "a part of the driver's libraries is missing";
      case 13 -> "this driver does not have the function";
      case 14 -> "the device's own records are corrupted";
      case 15 -> "the device is lost: it has fallen off the bus";
      case 16 -> "the device must be reset";
      case 17 -> "the operating system or its control group forbids it";
      case 18 -> "the driver's library and its kernel module have different versions";
      case 19 -> "the device is in use";
      case 20, 23 -> "out of memory";
      case 21 -> "the device has no data on it";
      case 25 -> "this driver knows another version of the structure";
      case 27 -> "the device is not ready";
      case 28 -> "no GPU was found";
      default -> "NVML answered with result " + code;
    };
  }
}
