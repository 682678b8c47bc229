package dev.assay.gpu.cuda;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The host's CUDA driver. */
public final class Driver {
  private static final String WHERE = "NVIDIA driver";

  // The numbers of CUdevice_attribute in cuda.h.
  private static final int CLOCK_KILOHERTZ = 13;
  private static final int MULTIPROCESSORS = 16;
  private static final int KERNEL_TIMEOUT = 17;
  private static final int INTEGRATED = 18;
  private static final int ECC = 32;
  private static final int MEMORY_CLOCK_KILOHERTZ = 36;
  private static final int MEMORY_BUS_BITS = 37;
  private static final int L2_BYTES = 38;
  private static final int THREADS_PER_MULTIPROCESSOR = 39;
  private static final int MAJOR = 75;
  private static final int MINOR = 76;
  private static final int SHARED_BYTES = 97;

  private Driver() {}

  /** What there is, waiting no longer for it than is usual. */
  public static DriverState open() throws InterruptedException {
    return open(Limits.USUAL);
  }

  /**
   * Asks the driver for its devices. Never fails: whatever is wrong is a state. The answer is a new
   * one each time, with devices of its own: a process keeps the first.
   */
  public static DriverState open(Limits limits) throws InterruptedException {
    Optional<String> missing = NativeLibrary.load(DriverCalls::touch);
    if (missing.isPresent()) {
      return new DriverState.NoDriver(missing.get());
    }
    DriverThread<DriverState, RuntimeException> thread =
        new DriverThread<>(WHERE, limits, own -> state(own.calls(), limits));
    thread.start();
    try {
      return thread.await(() -> {});
    } catch (CudaException e) {
      return e.error() == CudaError.NO_DEVICE
          ? new DriverState.NoDevice(e)
          : new DriverState.Failed(e);
    }
  }

  private static DriverState state(DriverCalls calls, Limits limits) throws CudaException {
    calls.init();
    DriverVersion version = calls.version();
    if (version.compareTo(DriverVersion.OLDEST) < 0) {
      return new DriverState.TooOld(version);
    }
    int count = calls.deviceCount();
    if (count == 0) {
      throw CudaException.of(CudaError.NO_DEVICE, WHERE, "cuDeviceGetCount: 0");
    }
    List<DeviceState> devices = new ArrayList<>();
    for (int ordinal = 0; ordinal < count; ordinal++) {
      devices.add(device(calls, ordinal, version, limits));
    }
    return new DriverState.Ready(version, devices);
  }

  private static DeviceState device(
      DriverCalls calls, int ordinal, DriverVersion version, Limits limits) {
    try {
      DeviceFacts facts = facts(calls, ordinal, version);
      return facts.capability().compareTo(ComputeCapability.OLDEST) < 0
          ? new DeviceState.Unsupported(facts)
          : new DeviceState.Usable(new CudaDevice(facts, limits));
    } catch (CudaException e) {
      return new DeviceState.Unreadable(ordinal, e);
    }
  }

  private static DeviceFacts facts(DriverCalls calls, int ordinal, DriverVersion version)
      throws CudaException {
    DriverCalls.Device device = calls.device(ordinal);
    return new DeviceFacts(
        ordinal,
        calls.name(device),
        uuid(calls.uuid(device)),
        calls.busId(device).toLowerCase(Locale.ROOT),
        new ComputeCapability(calls.attribute(device, MAJOR), calls.attribute(device, MINOR)),
        calls.attribute(device, MULTIPROCESSORS),
        calls.totalBytes(device),
        1000L * calls.attribute(device, CLOCK_KILOHERTZ),
        1000L * calls.attribute(device, MEMORY_CLOCK_KILOHERTZ),
        calls.attribute(device, MEMORY_BUS_BITS),
        calls.attribute(device, L2_BYTES),
        calls.attribute(device, SHARED_BYTES),
        calls.attribute(device, THREADS_PER_MULTIPROCESSOR),
        calls.attribute(device, ECC) != 0,
        calls.attribute(device, INTEGRATED) != 0,
        calls.attribute(device, KERNEL_TIMEOUT) != 0,
        version);
  }

  private static String uuid(byte[] bytes) {
    ByteBuffer words = ByteBuffer.wrap(bytes);
    return new UUID(words.getLong(), words.getLong()).toString();
  }
}
