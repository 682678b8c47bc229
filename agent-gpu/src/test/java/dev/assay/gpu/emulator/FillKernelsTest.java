package dev.assay.gpu.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.gpu.cuda.Arguments;
import dev.assay.gpu.cuda.CudaContext;
import dev.assay.gpu.cuda.CudaException;
import dev.assay.gpu.cuda.DeviceMemory;
import dev.assay.gpu.cuda.Grid;
import dev.assay.proof.Blake3;
import dev.assay.proof.DeviceSeed;
import dev.assay.proof.FillKey;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** memory-fill's kernels against the specification, label by label (proofs.md §2). */
final class FillKernelsTest {
  static final int LABEL = 64;
  static final int SEGMENTS = 64;
  static final FillKey FIRST = key("first");
  static final FillKey SECOND = key("second");

  /** The second has segments of one and a half warps, the third of one and a quarter blocks. */
  @ParameterizedTest
  @ValueSource(ints = {1024, 3 * 1024, 20 * 1024})
  void theImageIsTheSpecificationsLabelForLabel(int labels) throws Exception {
    byte[] image = Emulator.use("mem=16M", context -> image(context, labels));

    assertThat(image).isEqualTo(expected(labels));
  }

  /** The image after pass 0, filled in two parts, and one pass. */
  static byte[] image(CudaContext context, int labels) throws CudaException, InterruptedException {
    DeviceBytes device = new DeviceBytes(context);
    DeviceMemory image = device.allocate((long) labels * LABEL);
    int part = labels / 3;
    first(device, image, 0, part);
    first(device, image, part, labels - part);
    for (int segment = 0; segment < SEGMENTS; segment++) {
      Arguments arguments =
          new Arguments()
              .pointer(image)
              .u64(labels)
              .u32(segment)
              .u64(SECOND.value().longWord(0) | 1)
              .u64(SECOND.value().longWord(1))
              .words(SECOND.value().words());
      device.launch(device.proof(), "fill_pass", Grid.covering(labels / SEGMENTS, 256), arguments);
    }
    return device.read(image);
  }

  private static void first(DeviceBytes device, DeviceMemory image, long from, long count)
      throws CudaException, InterruptedException {
    Arguments arguments =
        new Arguments().pointer(image).u64(from).u64(count).words(FIRST.value().words());
    device.launch(device.proof(), "fill_first", Grid.covering(count, 256), arguments);
  }

  /** What {@link #image} should be, by the plain rules. */
  static byte[] expected(int labels) {
    byte[] image = Blake3.keyedHash(FIRST.value(), new byte[LABEL], 0, labels * LABEL);
    ByteBuffer words = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
    int length = labels / SEGMENTS;
    for (int i = 0; i < labels; i++) {
      byte[] sum = Arrays.copyOfRange(image, i * LABEL, (i + 1) * LABEL);
      long after = (long) (i / length + 1) * length;
      for (int j = 1; j <= FillKey.PARENTS; j++) {
        long own = words.getLong(i * LABEL + (j - 1) * Long.BYTES);
        add(sum, image, (int) SECOND.parent(labels, after, i, j, own));
      }
      words.put(i * LABEL, Blake3.keyedHash(SECOND.value(), sum, (long) i * LABEL, LABEL));
    }
    return image;
  }

  private static void add(byte[] sum, byte[] image, int label) {
    for (int b = 0; b < LABEL; b++) {
      sum[b] ^= image[label * LABEL + b];
    }
  }

  private static FillKey key(String name) {
    return FillKey.first(new DeviceSeed(Blake3.hash(name.getBytes(StandardCharsets.UTF_8))));
  }
}
