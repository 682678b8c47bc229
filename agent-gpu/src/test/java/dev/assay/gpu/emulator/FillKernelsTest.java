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
import dev.assay.proof.Hash32;
import dev.assay.proof.LeftFullTree;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** memory-fill's kernels against the specification, label by label (proofs.md §2). */
final class FillKernelsTest {
  static final int LABEL = 64;
  static final int SEGMENTS = 64;

  /** Of 256 chunks, and of a row of the kernel's grid. */
  static final int BLOCK_LABELS = 4096;

  static final FillKey FIRST = key("first");
  static final FillKey SECOND = key("second");

  /** The second has segments of one and a half warps, the third of one and a quarter blocks. */
  @ParameterizedTest
  @ValueSource(ints = {1024, 3 * 1024, 20 * 1024})
  void theImageIsTheSpecificationsLabelForLabel(int labels) throws Exception {
    byte[] image = Emulator.use("mem=16M", context -> image(context, labels));

    assertThat(image).isEqualTo(expected(labels));
  }

  /** Of a whole image, which is hashed while the segment after is filled. */
  @Test
  void whatWasFilledBeforeIsHashedInPassing() throws Exception {
    int labels = 5 * BLOCK_LABELS;

    int[] values =
        Emulator.use(
            "mem=16M",
            context -> {
              DeviceBytes device = new DeviceBytes(context);
              DeviceMemory blocks = device.allocate(5 * Hash32.BYTES);
              fill(device, labels, blocks);
              return device.readWords(blocks);
            });

    byte[] before = Arrays.copyOf(expected(labels), 4 * BLOCK_LABELS * LABEL);
    int[] ofFour = Arrays.copyOf(values, 4 * Hash32.BYTES / Integer.BYTES);
    assertThat(new LeftFullTree(ofFour).root()).isEqualTo(Blake3.hash(before));
  }

  /** The image after pass 0, filled in two parts, and one pass. */
  static byte[] image(CudaContext context, int labels) throws CudaException, InterruptedException {
    DeviceBytes device = new DeviceBytes(context);
    DeviceMemory blocks = device.allocate(5 * Hash32.BYTES);
    return device.read(fill(device, labels, blocks));
  }

  /** Fills an image, and hashes all whole blocks of chunks but those of the last segment. */
  private static DeviceMemory fill(DeviceBytes device, int labels, DeviceMemory blocks)
      throws CudaException, InterruptedException {
    DeviceMemory image = device.allocate((long) labels * LABEL);
    int part = labels / 3;
    first(device, image, 0, part);
    first(device, image, part, labels - part);
    int length = labels / SEGMENTS;
    int hashed = 0;
    for (int segment = 0; segment < SEGMENTS; segment++) {
      int ready = segment * length / BLOCK_LABELS;
      Arguments arguments =
          new Arguments()
              .pointer(image)
              .u64(labels)
              .u32(segment)
              .u64(SECOND.value().longWord(0) | 1)
              .u64(SECOND.value().longWord(1))
              .words(SECOND.value().words())
              .pointer(blocks)
              .u64(hashed)
              .u64(ready - hashed);
      int rows = (length + BLOCK_LABELS - 1) / BLOCK_LABELS;
      device.launch(device.proof(), "fill_pass", new Grid(17, rows, 256, 0), arguments);
      hashed = ready;
    }
    return image;
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
