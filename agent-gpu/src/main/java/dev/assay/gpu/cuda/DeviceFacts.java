package dev.assay.gpu.cuda;

/**
 * What the driver says of a device. None of it is proven.
 *
 * @param ordinal the driver's number of it, which CUDA_VISIBLE_DEVICES can change
 * @param name the model
 * @param uuid 32 hexadecimal digits in five groups, as NVML shows after {@code GPU-}
 * @param pciBusId domain, bus, device and function, as in {@code 0000:3b:00.0}, in lower case
 * @param capability its generation
 * @param multiprocessors how many compute at once
 * @param totalBytes of memory
 * @param clockHertz the highest clock of the multiprocessors
 * @param memoryClockHertz the highest clock of the memory
 * @param memoryBusBits the width of the memory's bus
 * @param l2Bytes of second-level cache
 * @param sharedBytes of shared memory that a thread block may have at most
 * @param threadsPerMultiprocessor resident at once at most
 * @param ecc whether memory errors are corrected
 * @param integrated whether its memory is the host's
 * @param watchdog whether kernels may only run for some seconds, as with a display
 * @param driver the driver's version
 */
public record DeviceFacts(
    int ordinal,
    String name,
    String uuid,
    String pciBusId,
    ComputeCapability capability,
    int multiprocessors,
    long totalBytes,
    long clockHertz,
    long memoryClockHertz,
    int memoryBusBits,
    long l2Bytes,
    int sharedBytes,
    int threadsPerMultiprocessor,
    boolean ecc,
    boolean integrated,
    boolean watchdog,
    DriverVersion driver) {

  /** The device id of challenges, as in {@code cuda:0}. */
  public String id() {
    return id(ordinal);
  }

  static String id(int ordinal) {
    return "cuda:" + ordinal;
  }
}
