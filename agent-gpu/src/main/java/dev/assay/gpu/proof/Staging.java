package dev.assay.gpu.proof;

import dev.assay.gpu.cuda.CudaContext;
import dev.assay.gpu.cuda.CudaException;
import dev.assay.gpu.cuda.CudaStream;
import dev.assay.gpu.cuda.DeviceMemory;
import dev.assay.gpu.cuda.PinnedBuffer;
import java.nio.ByteBuffer;

/** Small pieces of a device's memory, read and written on one queue and waited for. */
final class Staging {
  static final int BYTES = 64 << 10;

  private final CudaStream stream;
  private final PinnedBuffer buffer;

  Staging(CudaContext context, CudaStream stream) throws CudaException {
    this.stream = stream;
    this.buffer = context.pin(BYTES);
  }

  byte[] bytes(DeviceMemory memory, long at, int length)
      throws CudaException, InterruptedException {
    byte[] bytes = new byte[length];
    read(memory, at, length).get(bytes);
    return bytes;
  }

  int[] words(DeviceMemory memory, long at, int count) throws CudaException, InterruptedException {
    int[] words = new int[count];
    read(memory, at, count * Integer.BYTES).asIntBuffer().get(words);
    return words;
  }

  long longWord(DeviceMemory memory, long at) throws CudaException, InterruptedException {
    return read(memory, at, Long.BYTES).getLong();
  }

  void write(DeviceMemory memory, long at, int[] words) throws CudaException, InterruptedException {
    int length = words.length * Integer.BYTES;
    buffer.bytes().clear().asIntBuffer().put(words);
    stream.copyIn(memory, at, buffer, 0, length);
    stream.synchronize();
  }

  private ByteBuffer read(DeviceMemory memory, long at, int length)
      throws CudaException, InterruptedException {
    stream.copyOut(buffer, 0, memory, at, length);
    stream.synchronize();
    return buffer.bytes().clear().limit(length);
  }
}
