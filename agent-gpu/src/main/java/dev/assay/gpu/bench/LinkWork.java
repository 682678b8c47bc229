package dev.assay.gpu.bench;

import dev.assay.benchmark.Benchmark;
import dev.assay.benchmark.Subject;
import dev.assay.benchmark.Unit;
import dev.assay.gpu.cuda.CudaContext;
import dev.assay.gpu.cuda.CudaException;
import dev.assay.gpu.cuda.CudaStream;
import dev.assay.gpu.cuda.DeviceMemory;
import dev.assay.gpu.cuda.PinnedBuffer;
import java.nio.ByteBuffer;
import java.util.List;

/** Copies between the host's memory and the device's. */
final class LinkWork {
  /** What the names begin with of everything that goes over the link. */
  static final String PREFIX = "link-";

  private static final int MOST_BYTES = 256 << 20;

  private final CudaContext context;
  private final CudaStream stream;
  private final int bytes;

  LinkWork(BenchKernels kernels, long most) throws CudaException {
    this.context = kernels.context();
    this.stream = kernels.stream();
    this.bytes = (int) Math.min(Math.min(most, MOST_BYTES), context.memory().free() / 4);
  }

  List<Benchmark> all() {
    return List.of(
        pinned("to-device-pinned", "host to device, pinned", true),
        pinned("to-host-pinned", "device to host, pinned", false),
        pageable("to-device-pageable", "host to device, pageable", true),
        pageable("to-host-pageable", "device to host, pageable", false));
  }

  private Subject subject(String name, String title, String kind) {
    return new Subject(
        "link",
        PREFIX + name,
        title,
        "%d MiB of %s memory".formatted(bytes >> 20, kind),
        Unit.BYTES_PER_SECOND);
  }

  private Benchmark pinned(String name, String title, boolean toDevice) {
    return new GpuWork(
        subject(name, title, "the host's page-locked"),
        () -> {
          PinnedBuffer host = context.pin(bytes);
          DeviceMemory device = context.allocate(bytes);
          return new GpuWork.Turn() {
            @Override
            public double once() throws CudaException, InterruptedException {
              if (toDevice) {
                stream.copyIn(device, 0, host, 0, bytes);
              } else {
                stream.copyOut(host, 0, device, 0, bytes);
              }
              stream.synchronize();
              return bytes;
            }

            @Override
            public void close() throws CudaException {
              device.close();
              host.close();
            }
          };
        });
  }

  private Benchmark pageable(String name, String title, boolean toDevice) {
    return new GpuWork(
        subject(name, title, "the host's ordinary"),
        () -> {
          ByteBuffer host = ByteBuffer.allocateDirect(bytes);
          DeviceMemory device = context.allocate(bytes);
          return new GpuWork.Turn() {
            @Override
            public double once() throws CudaException, InterruptedException {
              if (toDevice) {
                stream.copyInAndWait(device, 0, host);
              } else {
                stream.copyOutAndWait(host, device, 0);
              }
              return bytes;
            }

            @Override
            public void close() throws CudaException {
              device.close();
            }
          };
        });
  }
}
