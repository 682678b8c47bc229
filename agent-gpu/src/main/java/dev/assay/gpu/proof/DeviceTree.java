package dev.assay.gpu.proof;

import dev.assay.gpu.cuda.Arguments;
import dev.assay.gpu.cuda.CudaContext;
import dev.assay.gpu.cuda.CudaException;
import dev.assay.gpu.cuda.CudaModule;
import dev.assay.gpu.cuda.CudaStream;
import dev.assay.gpu.cuda.DeviceMemory;
import dev.assay.gpu.cuda.Grid;
import dev.assay.gpu.cuda.Kernel;
import dev.assay.proof.ChunkTree;
import dev.assay.proof.Hash32;
import dev.assay.proof.LeftFullTree;
import dev.assay.proof.OpenedChunk;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The BLAKE3 tree of an array in a device's memory, of whole chunks. The device hashes blocks of
 * 256 chunks, then groups of their values, and so on, until few enough are left for the host to
 * make the top. Each layer stays on the device, together a 8000th of the array; the values of the
 * chunks of one block are made again when one of them is opened.
 */
final class DeviceTree {
  private static final int VALUE_BYTES = Hash32.BYTES;
  private static final int VALUE_WORDS = Hash32.BYTES / Integer.BYTES;
  private static final int BLOCK_CHUNKS = 256;
  private static final int THREADS = 256;

  /**
   * What is joined where.
   *
   * @param groupShift a group of a layer has {@code 1 << groupShift} values
   * @param mostOnHost how many values the host joins at most, at least as many as a group has
   */
  record Shape(int groupShift, int mostOnHost) {
    static final Shape USUAL = new Shape(8, 2048);
  }

  /** Values of subtrees of equal width; only the last may be narrower. */
  private record Layer(DeviceMemory values, long count) {}

  private final Shape shape;
  private final DeviceMemory data;
  private final long chunks;
  private final CudaStream stream;
  private final Staging staging;
  private final Kernel hashChunks;
  private final Kernel hashBlocks;
  private final Kernel joinPairs;
  private final DeviceMemory chunkValues;
  private final List<Layer> layers = new ArrayList<>();
  private final List<DeviceMemory> scratch = new ArrayList<>();
  private long blocksHashed;
  private LeftFullTree top;

  /** Takes the memory for the tree of the first {@code chunks} ≥ 2 chunks of the data. */
  DeviceTree(CudaContext context, CudaStream stream, DeviceMemory data, long chunks, Shape shape)
      throws CudaException {
    this.shape = shape;
    this.data = data;
    this.chunks = chunks;
    this.stream = stream;
    this.staging = new Staging(context, stream);
    CudaModule module = context.module(CudaProver.MODULE);
    this.hashChunks = module.kernel("tree_chunks");
    this.hashBlocks = module.kernel("tree_blocks");
    this.joinPairs = module.kernel("tree_parents");
    this.chunkValues = context.allocate((long) BLOCK_CHUNKS * VALUE_BYTES);
    if (chunks > BLOCK_CHUNKS) {
      addLayers(context);
    }
  }

  private void addLayers(CudaContext context) throws CudaException {
    for (long count = blocks(); ; count = groups(count)) {
      layers.add(new Layer(context.allocate(count * VALUE_BYTES), count));
      if (count <= shape.mostOnHost()) {
        return;
      }
      if (scratch.isEmpty()) {
        scratch.add(context.allocate((count / 2 + 1) * VALUE_BYTES));
        scratch.add(context.allocate((count / 4 + 1) * VALUE_BYTES));
      }
    }
  }

  /** The array is about to change. */
  void begin() {
    blocksHashed = 0;
    top = null;
  }

  /**
   * Blocks of 256 chunks.
   *
   * @param values where the values of all blocks go, the first of all first
   */
  record Blocks(DeviceMemory values, long first, int count) {}

  /**
   * The whole blocks of the first {@code ready} chunks that are not hashed yet, for a kernel that
   * hashes them in passing: they count as hashed.
   */
  Blocks take(long ready) {
    if (layers.isEmpty()) {
      return new Blocks(chunkValues, 0, 0);
    }
    long first = blocksHashed;
    blocksHashed = ready / BLOCK_CHUNKS;
    return new Blocks(layers.getFirst().values(), first, Math.toIntExact(blocksHashed - first));
  }

  /** Hashes on the queue what is whole blocks of the first {@code ready} chunks. */
  void hash(long ready) throws CudaException {
    Blocks blocks = take(ready);
    if (blocks.count() == 0) {
      return;
    }
    hashBlocks.launch(
        stream,
        new Grid(blocks.count(), 1, THREADS, 0),
        new Arguments()
            .pointer(data, blocks.first() * BLOCK_CHUNKS * ChunkTree.CHUNK_BYTES)
            .pointer(blocks.values(), blocks.first() * VALUE_BYTES)
            .u64(blocks.first() * BLOCK_CHUNKS)
            .u64(blocks.count()));
  }

  /** Hashes the rest and makes the top; waits for it. */
  void finish() throws CudaException, InterruptedException {
    hash(chunks);
    if (layers.isEmpty()) {
      top = new LeftFullTree(chunkValues(0, (int) chunks));
      return;
    }
    int rest = (int) (chunks % BLOCK_CHUNKS);
    if (rest > 0) {
      int[] values = chunkValues(chunks - rest, rest);
      int[] value = new LeftFullTree(values).chainingValue();
      staging.write(layers.getFirst().values(), blocksHashed * VALUE_BYTES, value);
    }
    for (int i = 1; i < layers.size(); i++) {
      join(layers.get(i - 1), layers.get(i));
    }
    top = new LeftFullTree(values(layers.getLast(), 0, (int) layers.getLast().count()));
  }

  Hash32 root() {
    return top.root();
  }

  Staging staging() {
    return staging;
  }

  /** A chunk and its path. */
  OpenedChunk open(long chunk) throws CudaException, InterruptedException {
    byte[] bytes = staging.bytes(data, chunk * ChunkTree.CHUNK_BYTES, ChunkTree.CHUNK_BYTES);
    ByteArrayOutputStream path = new ByteArrayOutputStream();
    long index = chunk;
    if (!layers.isEmpty()) {
      long block = chunk / BLOCK_CHUNKS;
      long first = block * BLOCK_CHUNKS;
      int count = (int) Math.min(BLOCK_CHUNKS, chunks - first);
      path.writeBytes(new LeftFullTree(chunkValues(first, count)).path((int) (chunk - first)));
      index = block;
      for (Layer layer : layers.subList(0, layers.size() - 1)) {
        long group = index >> shape.groupShift();
        long from = group << shape.groupShift();
        int members = (int) Math.min(1L << shape.groupShift(), layer.count() - from);
        path.writeBytes(new LeftFullTree(values(layer, from, members)).path((int) (index - from)));
        index = group;
      }
    }
    path.writeBytes(top.path((int) index));
    return new OpenedChunk(bytes, path.toByteArray());
  }

  /** Every group of a layer becomes a value of the next. */
  private void join(Layer below, Layer above) throws CudaException, InterruptedException {
    long whole = below.count() >> shape.groupShift();
    DeviceMemory in = below.values();
    for (int level = 1; level <= shape.groupShift() && whole > 0; level++) {
      boolean last = level == shape.groupShift();
      DeviceMemory out = last ? above.values() : scratch.get((level - 1) % scratch.size());
      long parents = whole << (shape.groupShift() - level);
      joinPairs.launch(
          stream,
          Grid.covering(parents, THREADS),
          new Arguments().pointer(in).pointer(out).u64(parents));
      in = out;
    }
    long rest = below.count() - (whole << shape.groupShift());
    if (rest > 0) {
      int[] values = values(below, whole << shape.groupShift(), (int) rest);
      int[] value = new LeftFullTree(values).chainingValue();
      staging.write(above.values(), whole * VALUE_BYTES, value);
    }
  }

  private int[] chunkValues(long first, int count) throws CudaException, InterruptedException {
    hashChunks.launch(
        stream,
        Grid.covering(count, THREADS),
        new Arguments()
            .pointer(data, first * ChunkTree.CHUNK_BYTES)
            .pointer(chunkValues)
            .u64(first)
            .u64(count));
    return staging.words(chunkValues, 0, count * VALUE_WORDS);
  }

  private int[] values(Layer layer, long first, int count)
      throws CudaException, InterruptedException {
    return staging.words(layer.values(), first * VALUE_BYTES, count * VALUE_WORDS);
  }

  private long blocks() {
    return (chunks + BLOCK_CHUNKS - 1) / BLOCK_CHUNKS;
  }

  private long groups(long values) {
    return (values + (1L << shape.groupShift()) - 1) >> shape.groupShift();
  }
}
