package dev.assay.proof.cpu;

import dev.assay.proof.ChunkTree;
import dev.assay.proof.FilledImage;
import dev.assay.proof.Hash32;
import dev.assay.proof.LeftFullTree;
import dev.assay.proof.OpenedChunk;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/**
 * The tree of an image as it stands after a pass. Only the values of its blocks are kept, a 8192nd
 * of the image; what lies below is hashed again when a chunk is opened.
 */
final class ImageTree implements FilledImage<RuntimeException> {
  private final Image image;
  private final FillWorker reader;
  private final int blocks;
  private final LeftFullTree top;

  /** The tree over the values of all blocks of the image, which {@code reader} can hash. */
  ImageTree(Image image, FillWorker reader, int[] blockValues) {
    this.image = image;
    this.reader = reader;
    this.blocks = blockValues.length / FillWorker.CV_WORDS;
    this.top = new LeftFullTree(blocks == 1 ? reader.chunkValues(0) : blockValues);
  }

  @Override
  public Hash32 root() {
    return top.root();
  }

  @Override
  public OpenedChunk open(long label) {
    long chunk = label / FillWorker.CHUNK_LABELS;
    byte[] path = top.path((int) chunk);
    if (blocks > 1) {
      long block = chunk / FillWorker.BLOCK_CHUNKS;
      int inBlock = (int) (chunk % FillWorker.BLOCK_CHUNKS);
      byte[] below = new LeftFullTree(reader.chunkValues(block)).path(inBlock);
      byte[] above = top.path((int) block);
      path = ByteBuffer.allocate(below.length + above.length).put(below).put(above).array();
    }
    return new OpenedChunk(bytes(chunk * FillWorker.CHUNK_LABELS), path);
  }

  @Override
  public long word(long label, int word) {
    return image.part(image.partIndex(label)).get(image.at(label) + word);
  }

  private byte[] bytes(long firstLabel) {
    ByteBuffer bytes = ByteBuffer.allocate(ChunkTree.CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    LongBuffer words = image.part(image.partIndex(firstLabel));
    int at = image.at(firstLabel);
    for (int w = 0; w < ChunkTree.CHUNK_BYTES / Long.BYTES; w++) {
      bytes.putLong(words.get(at + w));
    }
    return bytes.array();
  }
}
