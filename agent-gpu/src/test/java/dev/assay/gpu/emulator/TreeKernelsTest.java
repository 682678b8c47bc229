package dev.assay.gpu.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.gpu.cuda.Arguments;
import dev.assay.gpu.cuda.CudaContext;
import dev.assay.gpu.cuda.CudaException;
import dev.assay.gpu.cuda.DeviceMemory;
import dev.assay.gpu.cuda.Grid;
import dev.assay.proof.Blake3;
import dev.assay.proof.Hash32;
import dev.assay.proof.LeftFullTree;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tree's kernels against BLAKE3 itself: the roots that they lead to (proofs.md §1). */
final class TreeKernelsTest {
  static final int CHUNK = 1024;
  static final int BLOCK_CHUNKS = 256;

  /** Two blocks of the device's and what is left over, hashed from a chunk in the middle on. */
  static final byte[] DATA = bytes((2 * BLOCK_CHUNKS + 37) * CHUNK);

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 255, 256, 257, 549})
  void chunksLeadToTheRoot(int chunks) throws Exception {
    byte[] data = Arrays.copyOf(DATA, chunks * CHUNK);

    int[] values = Emulator.use("mem=4M", context -> chunks(context, data));

    assertThat(new LeftFullTree(values).root()).isEqualTo(Blake3.hash(data));
  }

  @Test
  void wholeBlocksAndTheChunksThatAreLeftLeadToTheRoot() throws Exception {
    Hash32 root = Emulator.use("mem=4M", TreeKernelsTest::blocksRoot);

    assertThat(root).isEqualTo(Blake3.hash(DATA));
  }

  @Test
  void parentsLeadToTheRoot() throws Exception {
    byte[] data = Arrays.copyOf(DATA, 512 * CHUNK);

    int[] values =
        Emulator.use(
            "mem=4M",
            context -> {
              DeviceBytes device = new DeviceBytes(context);
              DeviceMemory below = chunkValues(device, device.allocate(data), 0, 512);
              DeviceMemory above = device.allocate(256 * Hash32.BYTES);
              device.launch(
                  device.proof(),
                  "tree_parents",
                  Grid.covering(256, 256),
                  new Arguments().pointer(below).pointer(above).u64(256));
              return device.readWords(above);
            });

    assertThat(new LeftFullTree(values).root()).isEqualTo(Blake3.hash(data));
  }

  /** The root of {@link #DATA} by way of {@code tree_blocks}. */
  static Hash32 blocksRoot(CudaContext context) throws CudaException, InterruptedException {
    DeviceBytes device = new DeviceBytes(context);
    DeviceMemory data = device.allocate(DATA);
    DeviceMemory blocks = device.allocate(2 * Hash32.BYTES);
    device.launch(
        device.proof(),
        "tree_blocks",
        new Grid(2, 1, BLOCK_CHUNKS, 0),
        new Arguments().pointer(data).pointer(blocks).u64(0).u64(2));
    int[] rest = device.readWords(chunkValues(device, data, 2 * BLOCK_CHUNKS, 37));
    int[] values = Arrays.copyOf(device.readWords(blocks), 3 * 8);
    System.arraycopy(new LeftFullTree(rest).chainingValue(), 0, values, 2 * 8, 8);
    return new LeftFullTree(values).root();
  }

  private static int[] chunks(CudaContext context, byte[] data)
      throws CudaException, InterruptedException {
    DeviceBytes device = new DeviceBytes(context);
    DeviceMemory memory = device.allocate(data);
    return device.readWords(chunkValues(device, memory, 0, data.length / CHUNK));
  }

  private static DeviceMemory chunkValues(
      DeviceBytes device, DeviceMemory data, int first, int chunks)
      throws CudaException, InterruptedException {
    DeviceMemory values = device.allocate((long) chunks * Hash32.BYTES);
    device.launch(
        device.proof(),
        "tree_chunks",
        Grid.covering(chunks, 256),
        new Arguments().pointer(data, (long) first * CHUNK).pointer(values).u64(first).u64(chunks));
    return values;
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    return bytes;
  }
}
