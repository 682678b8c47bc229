package dev.assay.gpu.emulator;

import com.sun.jna.Function;
import dev.assay.gpu.cuda.CudaDevice;
import dev.assay.gpu.cuda.CudaException;
import dev.assay.gpu.cuda.DeviceState;
import dev.assay.gpu.cuda.Driver;
import dev.assay.gpu.cuda.DriverState;
import java.nio.file.Path;

/**
 * The driver library that is built from {@code src/test/emulator}; this process has it in place of
 * NVIDIA's. It is one for the process, so tests that configure it run one after the other.
 */
public final class Emulator {
  private static final Path LIBRARY = Path.of("target/emulator/libcuda.so.1");

  private Emulator() {}

  /**
   * Makes all devices anew.
   *
   * @param settings entries {@code key=value} with semicolons between; see {@code settings.cpp}
   */
  public static void configure(String settings) {
    Function.getFunction(LIBRARY.toAbsolutePath().toString(), "assay_emulator_configure")
        .invokeVoid(new Object[] {settings});
  }

  /** The device of that number, of a driver that works. */
  public static CudaDevice device(int ordinal) throws InterruptedException {
    if (Driver.open() instanceof DriverState.Ready ready
        && ready.devices().get(ordinal) instanceof DeviceState.Usable usable) {
      return usable.device();
    }
    throw new AssertionError("device " + ordinal + " is not usable: " + Driver.open());
  }

  /** Uses device 0 of an emulator with these settings. */
  public static <T> T use(String settings, CudaDevice.Task<T, RuntimeException> task)
      throws InterruptedException, CudaException {
    configure(settings);
    return device(0).use(task);
  }
}
