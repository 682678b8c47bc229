package dev.assay.gpu.emulator;

import dev.assay.gpu.cuda.Arguments;
import dev.assay.gpu.cuda.CudaContext;
import dev.assay.gpu.cuda.CudaException;
import dev.assay.gpu.cuda.CudaModule;
import dev.assay.gpu.cuda.CudaStream;
import dev.assay.gpu.cuda.DeviceMemory;
import dev.assay.gpu.cuda.Grid;
import dev.assay.gpu.cuda.Kernel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A started device with one queue, for tests that launch kernels and look at what they wrote. */
final class DeviceBytes {
  private final CudaContext context;
  private final CudaStream stream;

  DeviceBytes(CudaContext context) throws CudaException {
    this.context = context;
    this.stream = context.stream();
  }

  DeviceMemory allocate(long bytes) throws CudaException {
    return context.allocate(bytes);
  }

  DeviceMemory allocate(byte[] content) throws CudaException, InterruptedException {
    DeviceMemory memory = context.allocate(content.length);
    ByteBuffer direct = ByteBuffer.allocateDirect(content.length).put(content).flip();
    stream.copyInAndWait(memory, 0, direct);
    return memory;
  }

  void launch(CudaModule module, String kernel, Grid grid, Arguments arguments)
      throws CudaException {
    Kernel found = module.kernel(kernel);
    found.allowDynamicShared(grid.dynamicShared());
    found.launch(stream, grid, arguments);
  }

  byte[] read(DeviceMemory memory) throws CudaException, InterruptedException {
    ByteBuffer direct = ByteBuffer.allocateDirect((int) memory.bytes());
    stream.copyOutAndWait(direct, memory, 0);
    byte[] bytes = new byte[direct.capacity()];
    direct.get(0, bytes);
    return bytes;
  }

  CudaModule proof() throws CudaException {
    return context.module("proof");
  }

  int[] readWords(DeviceMemory memory) throws CudaException, InterruptedException {
    int[] words = new int[(int) memory.bytes() / Integer.BYTES];
    ByteBuffer.wrap(read(memory)).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
    return words;
  }

  long[] readLongs(DeviceMemory memory) throws CudaException, InterruptedException {
    long[] longs = new long[(int) memory.bytes() / Long.BYTES];
    ByteBuffer.wrap(read(memory)).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(longs);
    return longs;
  }
}
