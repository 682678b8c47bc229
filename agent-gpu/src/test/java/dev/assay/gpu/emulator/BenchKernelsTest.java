package dev.assay.gpu.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.gpu.cuda.Arguments;
import dev.assay.gpu.cuda.DeviceMemory;
import dev.assay.gpu.cuda.Grid;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The kernels of the benchmarks do the work that they are timed for. */
final class BenchKernelsTest {
  private static final int THREADS = 256;
  private static final int WIDE = 8;
  private static final String DEVICE = "mem=4M;cc=8.0";

  private static int[] words(String settings, String kernel, int rounds) throws Exception {
    return Emulator.use(
        settings,
        context -> {
          DeviceBytes device = new DeviceBytes(context);
          DeviceMemory out = device.allocate(THREADS * Long.BYTES);
          device.launch(
              context.module("bench"),
              kernel,
              new Grid(1, 1, THREADS, 0),
              new Arguments().pointer(out).u32(rounds));
          return device.readWords(out);
        });
  }

  @Test
  void everyVectorIsReadOnce() throws Exception {
    byte[] data = new byte[2 * THREADS * WIDE * 16];
    new Random(2).nextBytes(data);
    long[] sums =
        Emulator.use(
            DEVICE,
            context -> {
              DeviceBytes device = new DeviceBytes(context);
              DeviceMemory from = device.allocate(data);
              DeviceMemory out = device.allocate(THREADS * Long.BYTES);
              device.launch(
                  context.module("bench"),
                  "bench_read",
                  new Grid(1, 1, THREADS, 0),
                  new Arguments().pointer(from).pointer(out).u64(data.length / 16).u32(3));
              return device.readLongs(out);
            });

    ByteBuffer all = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    long[] expected = new long[THREADS];
    for (int i = 0; i < data.length; i += 4) {
      expected[i / 16 % THREADS] ^= Integer.toUnsignedLong(all.getInt(i));
    }
    assertThat(sums).isEqualTo(expected);
  }

  @Test
  void everyVectorIsWritten() throws Exception {
    int[] written =
        Emulator.use(
            DEVICE,
            context -> {
              DeviceBytes device = new DeviceBytes(context);
              DeviceMemory to = device.allocate(1000 * 16);
              device.launch(
                  context.module("bench"),
                  "bench_write",
                  new Grid(2, 1, THREADS, 0),
                  new Arguments().pointer(to).u64(1000).u32(70));
              return device.readWords(to);
            });

    int[] expected = new int[4000];
    Arrays.setAll(expected, i -> 70 + i % 4);
    assertThat(written).isEqualTo(expected);
  }

  @Test
  void randomReadsStayWithinTheirSectors() throws Exception {
    byte[] data = new byte[64 * 32];
    Arrays.fill(data, (byte) 1);
    for (int sector = 0; sector < 64; sector++) {
      Arrays.fill(data, sector * 32 + 16, sector * 32 + 32, (byte) 0x40);
    }
    long[] sums =
        Emulator.use(
            DEVICE,
            context -> {
              DeviceBytes device = new DeviceBytes(context);
              DeviceMemory from = device.allocate(data);
              DeviceMemory out = device.allocate(THREADS * Long.BYTES);
              device.launch(
                  context.module("bench"),
                  "bench_random",
                  new Grid(1, 1, THREADS, 0),
                  new Arguments().pointer(from).pointer(out).u64(64).u32(5));
              return device.readLongs(out);
            });

    assertThat(sums).as("the upper half of a sector is never read").containsOnly(0);
  }

  @Test
  void multiplyAddsAreThoseOfTheHost() throws Exception {
    int rounds = 5;
    int[] single = words(DEVICE, "bench_fp32", rounds);
    int[] both = words(DEVICE, "bench_fp64", rounds);

    for (int thread = 0; thread < THREADS; thread++) {
      float sum = 0;
      double doubleSum = 0;
      for (int j = 0; j < WIDE; j++) {
        float value = thread + j;
        double wide = thread + j;
        for (int round = 0; round < rounds; round++) {
          value = Math.fma(value, 0.25f, 0.9f);
          wide = Math.fma(wide, 0.25, 0.9);
        }
        sum += value;
        doubleSum += wide;
      }
      assertThat(Float.intBitsToFloat(single[thread])).isEqualTo(sum);
      long bits = Integer.toUnsignedLong(both[2 * thread]) | (long) both[2 * thread + 1] << 32;
      assertThat(Double.longBitsToDouble(bits)).isEqualTo(doubleSum);
    }
  }

  @Test
  void productsAreThoseOfTheHost() throws Exception {
    int rounds = 3;
    int[] dots = words(DEVICE, "bench_int8_dot", rounds);
    for (int thread = 0; thread < THREADS; thread++) {
      int all = 0;
      for (int j = 0; j < WIDE; j++) {
        all ^= rounds * dot(scatter(thread) + j, scatter(thread + THREADS));
      }
      assertThat(dots[thread]).isEqualTo(all);
    }
  }

  /** One element of the last warp's product of 16×32 by 32×8 bytes, from the fragments' layout. */
  @Test
  void tensorProductsOfBytesAreThoseOfTheHost() throws Exception {
    int rounds = 2;
    int[] found = words(DEVICE, "bench_int8_tensor", rounds);

    for (int thread = 0; thread < THREADS; thread++) {
      int warp = thread / 32 * 32;
      int lane = thread % 32;
      int[] products = new int[4];
      for (int q = 0; q < 4; q++) {
        int column = lane % 4 * 2 + q % 2;
        for (int k = 0; k < 8; k++) {
          int left = scatter((warp + lane / 4 * 4 + k % 4) * 8 + k / 4 * 2 + q / 2);
          int right = scatter((warp + column * 4 + k % 4) * 8 + 4 + k / 4);
          products[q] += dot(left, right);
        }
      }
      int all = 0;
      for (int j = 0; j < WIDE; j++) {
        for (int q = 0; q < 4; q++) {
          all = all * 31 + rounds + j * 4 + q + rounds * products[q];
        }
      }
      assertThat(found[thread]).isEqualTo(all);
    }
  }

  @Test
  void everyRoundOfTheTensorCoresCounts() throws Exception {
    for (String generation : new String[] {"7.5", "8.0"}) {
      String device = "mem=4M;cc=" + generation;
      for (String kernel : new String[] {"bench_int8_tensor", "bench_fp16_tensor"}) {
        assertThat(Arrays.equals(words(device, kernel, 3), words(device, kernel, 4))).isFalse();
      }
    }
    assertThat(
            Arrays.equals(
                words(DEVICE, "bench_bf16_tensor", 3), words(DEVICE, "bench_bf16_tensor", 4)))
        .isFalse();
  }

  private static int scatter(int x) {
    int mixed = x * 0x9e3779b1;
    mixed ^= mixed >>> 15;
    mixed *= 0x85ebca77;
    return mixed ^ (mixed >>> 13);
  }

  private static int dot(int a, int b) {
    int sum = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      sum += (byte) (a >> shift) * (byte) (b >> shift);
    }
    return sum;
  }
}
