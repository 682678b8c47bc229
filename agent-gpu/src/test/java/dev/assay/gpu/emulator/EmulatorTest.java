package dev.assay.gpu.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.NativeLibrary;
import dev.assay.gpu.cuda.Arguments;
import dev.assay.gpu.cuda.CudaContext;
import dev.assay.gpu.cuda.CudaError;
import dev.assay.gpu.cuda.CudaEvent;
import dev.assay.gpu.cuda.CudaException;
import dev.assay.gpu.cuda.CudaStream;
import dev.assay.gpu.cuda.DeviceMemory;
import dev.assay.gpu.cuda.DeviceState;
import dev.assay.gpu.cuda.Driver;
import dev.assay.gpu.cuda.DriverState;
import dev.assay.gpu.cuda.Grid;
import dev.assay.gpu.cuda.Limits;
import dev.assay.gpu.cuda.PinnedBuffer;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import jcuda.driver.JCudaDriver;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The emulated driver is strict like a real one where it is honest, and each of its lies is told.
 */
final class EmulatorTest {
  private static final long MIB = 1 << 20;
  private static final long GIB = 1 << 30;
  private static final String BINDING = "/lib/libJCudaDriver-12.6.0-linux-x86_64.so";
  private static final Limits SHORT =
      new Limits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofMillis(300),
          Duration.ofMillis(100));

  @TempDir private Path directory;

  @Test
  void everySymbolThatTheBindingCanWantIsThere() throws Exception {
    Path binding = directory.resolve("binding.so");
    try (InputStream in = JCudaDriver.class.getResourceAsStream(BINDING)) {
      Files.copy(in, binding);
    }
    Process nm = new ProcessBuilder("nm", "-D", "--undefined-only", binding.toString()).start();
    List<String> symbols =
        new String(nm.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith("U cu"))
            .map(line -> line.substring(2))
            .toList();
    NativeLibrary emulator =
        NativeLibrary.getInstance(
            Path.of("target/emulator/libcuda.so.1").toAbsolutePath().toString());

    assertThat(symbols).hasSizeGreaterThan(300);
    assertThat(symbols).allSatisfy(symbol -> assertThat(emulator.getFunction(symbol)).isNotNull());
  }

  @Test
  void aDeviceIsWhatItIsToldToBe() throws Exception {
    Emulator.configure(
        "devices=2;name=Tesla T4;cc=7.5;sms=40;mem=16G;driver=12040;pci=0000:3b:00.0;"
            + "1.name=NVIDIA H100 80GB HBM3;1.cc=9.0;1.sms=132;1.mem=80G");

    var first = Emulator.device(0).facts();
    var second = Emulator.device(1).facts();
    assertThat(first.name()).isEqualTo("Tesla T4");
    assertThat(first.capability().number()).isEqualTo(75);
    assertThat(first.pciBusId()).isEqualTo("0000:3b:00.0");
    assertThat(second.name()).isEqualTo("NVIDIA H100 80GB HBM3");
    assertThat(second.totalBytes()).isEqualTo(80 * GIB);
    assertThat(second.multiprocessors()).isEqualTo(132);
    assertThat(second.pciBusId()).isEqualTo("0000:3c:00.0");
    assertThat(second.uuid()).isNotEqualTo(first.uuid());
  }

  @Test
  void aDriverMayBeTooOldOrListNothing() throws Exception {
    Emulator.configure("driver=11040");
    assertThat(Driver.open()).isInstanceOf(DriverState.TooOld.class);
    Emulator.configure("devices=0");
    assertThat(Driver.open()).isInstanceOf(DriverState.NoDevice.class);
    Emulator.configure("cc=6.1");
    assertThat(((DriverState.Ready) Driver.open()).devices().getFirst())
        .isInstanceOf(DeviceState.Unsupported.class);
  }

  @Test
  void aModuleForLaterDevicesIsRefused() throws Exception {
    assertThatThrownBy(() -> Emulator.use("cc=7.5", context -> context.module("matmul", "sm80")))
        .satisfies(is(CudaError.NO_BINARY_FOR_GPU));
  }

  @Test
  void sharedMemoryBeyondTheUsualMustBeAllowedFirst() throws Exception {
    assertThatThrownBy(
            () ->
                Emulator.use(
                    "cc=8.0",
                    context -> {
                      Arguments none = new Arguments().u64(0).u64(0).u64(0).u32(128).u64(0);
                      Grid grid = new Grid(1, 1, 256, 98304);
                      context
                          .module("matmul")
                          .kernel("matmul_digest")
                          .launch(context.stream(), grid, none);
                      return null;
                    }))
        .satisfies(is(CudaError.INVALID_VALUE));
  }

  @Test
  void anAddressOutsideAllAllocationsBreaksOffTheKernelAndTheContext() throws Exception {
    Emulator.configure("mem=1M");

    assertThatThrownBy(
            () ->
                Emulator.device(0)
                    .use(
                        context -> {
                          DeviceMemory memory = context.allocate(64 * 255);
                          assertFails(CudaError.ILLEGAL_ADDRESS, () -> fill(context, memory, 256));
                          return context.allocate(64);
                        }))
        .satisfies(is(CudaError.ILLEGAL_ADDRESS));
    Emulator.device(0).use(context -> fill(context, context.allocate(64 * 256), 256));
  }

  /** So a caller who does not wait finds nothing, as he may on a real device. */
  @Test
  void workIsDoneWhenSomethingWaitsForItAndNotBefore() throws Exception {
    boolean late =
        Emulator.use(
            "mem=1M",
            context -> {
              CudaStream stream = context.stream();
              PinnedBuffer buffer = context.pin(64);
              DeviceMemory memory = context.allocate(64);
              buffer.bytes().put(0, (byte) 7).put(1, (byte) 0);
              stream.copyIn(memory, 0, buffer, 0, 64);
              buffer.bytes().put(0, (byte) 8);
              stream.copyOut(buffer, 1, memory, 0, 1);
              byte before = buffer.bytes().get(1);
              stream.synchronize();
              return before == 0 && buffer.bytes().get(1) == 8;
            });

    assertThat(late).isTrue();
  }

  @Test
  void oneQueueWaitsForAnothersEvent() throws Exception {
    byte[] seen =
        Emulator.use(
            "mem=1M",
            context -> {
              CudaStream writer = context.stream();
              CudaStream reader = context.stream();
              CudaEvent written = context.event();
              DeviceMemory memory = context.allocate(2);
              writer.fill(memory, 0, (byte) 3, 1);
              written.record(writer);
              writer.fill(memory, 1, (byte) 4, 1);
              reader.waitFor(written);
              PinnedBuffer buffer = context.pin(2);
              reader.copyOut(buffer, 0, memory, 0, 2);
              reader.synchronize();
              return new byte[] {buffer.bytes().get(0), buffer.bytes().get(1)};
            });

    assertThat(seen).containsExactly(3, 0);
  }

  @Test
  void memoryIsGivenBackWhenTheContextEnds() throws Exception {
    Emulator.configure("mem=64M");
    Emulator.device(0).use(context -> context.allocate(60 * MIB));

    long free = Emulator.device(0).use(context -> context.memory().free());

    assertThat(free).isEqualTo(64 * MIB);
  }

  @Test
  void eightyGigabytesMayBeEightAgainAndAgain() throws Exception {
    byte[] seen =
        Emulator.use(
            "mem=80G;backing=8G",
            context -> {
              DeviceMemory memory = context.allocate(79 * GIB);
              CudaStream stream = context.stream();
              stream.fill(memory, 0, (byte) 1, 64);
              stream.fill(memory, 72 * GIB, (byte) 2, 64);
              return bytes(stream, memory, 0, 64);
            });

    assertThat(seen).containsOnly(2);
  }

  @Test
  void memoryBeyondALimitMayBeAtTheSpeedOfABus() throws Exception {
    Duration[] times =
        Emulator.use(
            "mem=32G;slow_after=24G;slow_bw=0.02",
            context -> {
              DeviceMemory memory = context.allocate(25 * GIB);
              fill(context, memory, 0, 16384);
              return new Duration[] {
                time(() -> fill(context, memory, 0, 16384)),
                time(() -> fill(context, memory, 24 * GIB, 16384))
              };
            });

    // A mebibyte at 20 MB/s; the fast part takes what the emulator takes.
    assertThat(times[1]).isGreaterThan(Duration.ofMillis(52));
    assertThat(times[0]).isLessThan(times[1]);
  }

  @Test
  void eventsMayRunAHundredTimesTooFast() throws Exception {
    double share =
        Emulator.use(
            "mem=4M;bw=0.02;event_scale=0.01",
            context -> {
              CudaStream stream = context.stream();
              DeviceMemory memory = context.allocate(MIB);
              CudaEvent from = context.event();
              CudaEvent to = context.event();
              long begun = System.nanoTime();
              from.record(stream);
              stream.fill(memory, 0, (byte) 0, MIB);
              to.record(stream);
              stream.synchronize();
              double wall = (System.nanoTime() - begun) / 1e6;
              return to.millisecondsSince(from) / wall;
            });

    assertThat(share).isBetween(0.001, 0.0101);
  }

  @Test
  void oneDeviceMayAnswerAsTwo() throws Exception {
    Emulator.configure("devices=2;same_device=1;mem=1M");

    byte[] seen =
        Emulator.device(0)
            .use(
                context -> {
                  DeviceMemory memory = context.allocate(MIB);
                  CudaStream stream = context.stream();
                  stream.fill(memory, 0, (byte) 1, MIB);
                  stream.synchronize();
                  fillSecond();
                  return bytes(stream, memory, 0, 64);
                });

    assertThat(seen).containsOnly(2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.1})
  void aShareOfTheBlocksMayBeWrong(double share) throws Exception {
    int blocks = 1000;

    byte[] labels = Emulator.use("mem=32M;wrong=" + share, context -> labels(context, blocks));
    byte[] right = Emulator.use("mem=32M", context -> labels(context, blocks));

    int size = 64 * 256;
    long wrong =
        IntStream.range(0, blocks)
            .filter(
                b -> {
                  ByteBuffer one = ByteBuffer.wrap(labels, b * size, size);
                  return !one.equals(ByteBuffer.wrap(right, b * size, size));
                })
            .count();
    assertThat(wrong).isBetween((long) (blocks * share / 2), (long) (blocks * share * 2));
  }

  @Test
  void memoryMayRunOutEarly() throws Exception {
    assertThatThrownBy(
            () ->
                Emulator.use(
                    "mem=1M;fail=cuMemAlloc:2:2",
                    context -> {
                      context.allocate(64);
                      return context.allocate(64);
                    }))
        .satisfies(is(CudaError.OUT_OF_MEMORY));
  }

  @Test
  void aDeviceMayBeLostInTheMiddleOfItsWork() throws Exception {
    assertThatThrownBy(
            () ->
                Emulator.use(
                    "mem=1M;fail=cuLaunchKernel:2:999",
                    context -> {
                      DeviceMemory memory = context.allocate(64 * 256);
                      fill(context, memory, 256);
                      assertFails(CudaError.UNKNOWN, () -> fill(context, memory, 256));
                      return context.memory();
                    }))
        .satisfies(is(CudaError.UNKNOWN));
  }

  @Test
  void aKernelMayNeverEnd() throws Exception {
    Emulator.configure("mem=1M;hang=cuLaunchKernel:1");
    var device = Driver.open(SHORT).usable().getFirst();

    assertThatThrownBy(() -> device.use(context -> fill(context, context.allocate(64 * 256), 256)))
        .satisfies(is(CudaError.NOT_ANSWERING));
    Emulator.configure("");
  }

  private static void fillSecond() throws CudaException, InterruptedException {
    Emulator.device(1)
        .use(
            context -> {
              CudaStream stream = context.stream();
              stream.fill(context.allocate(MIB), 0, (byte) 2, MIB);
              stream.synchronize();
              return null;
            });
  }

  private static Object fill(CudaContext context, DeviceMemory memory, long labels)
      throws CudaException, InterruptedException {
    return fill(context, memory, 0, labels);
  }

  /** Labels of pass 0 to a place in memory. */
  private static Object fill(CudaContext context, DeviceMemory memory, long offset, long labels)
      throws CudaException, InterruptedException {
    CudaStream stream = context.stream();
    Arguments arguments =
        new Arguments().pointer(memory, offset).u64(0).u64(labels).words(new int[8]);
    context
        .module("proof")
        .kernel("fill_first")
        .launch(stream, Grid.covering(labels, 256), arguments);
    stream.synchronize();
    return null;
  }

  private static byte[] labels(CudaContext context, int blocks)
      throws CudaException, InterruptedException {
    long labels = 256L * blocks;
    DeviceMemory memory = context.allocate(64 * labels);
    fill(context, memory, labels);
    return bytes(context.stream(), memory, 0, (int) memory.bytes());
  }

  private static byte[] bytes(CudaStream stream, DeviceMemory memory, long at, int length)
      throws CudaException, InterruptedException {
    ByteBuffer direct = ByteBuffer.allocateDirect(length);
    stream.copyOutAndWait(direct, memory, at);
    byte[] bytes = new byte[length];
    direct.get(0, bytes);
    return bytes;
  }

  private static void assertFails(CudaError error, Use use) {
    assertThatThrownBy(use::run).satisfies(is(error));
  }

  private static ThrowingConsumer<Throwable> is(CudaError error) {
    return e -> assertThat(((CudaException) e).error()).isEqualTo(error);
  }

  private static Duration time(Use use) throws CudaException, InterruptedException {
    long begun = System.nanoTime();
    use.run();
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  @FunctionalInterface
  private interface Use {
    Object run() throws CudaException, InterruptedException;
  }
}
