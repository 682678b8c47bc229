package dev.assay.benchmark.host;

import dev.assay.benchmark.UnmeasuredException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The file that a disk is measured with. Its name is taken away as soon as it is open, so that it
 * is gone when this process ends, however it ends.
 */
final class DiskFile implements AutoCloseable {
  /** How much is read or written at a time where the order is the file's. */
  static final int LARGE_BLOCK = 1 << 20;

  /** The same where the order is random. */
  static final int SMALL_BLOCK = 4096;

  private static final long LEAST_BYTES = 16L << 20;

  /** A file takes no more than this share of what is free. */
  private static final int SHARE_OF_ROOM = 10;

  private final FileChannel channel;
  private final boolean direct;
  private final int alignment;
  private final long bytes;

  private DiskFile(FileChannel channel, boolean direct, int alignment, long bytes) {
    this.channel = channel;
    this.direct = direct;
    this.alignment = alignment;
    this.bytes = bytes;
  }

  /**
   * Writes a file of random bytes, past the system's cache where the file system allows that.
   *
   * @param wanted how large it should be; it is smaller where there is little room
   */
  static DiskFile write(Path directory, long wanted) throws IOException, UnmeasuredException {
    return write(directory, wanted, directOption());
  }

  /**
   * As {@link #write(Path, long)}, with the option that asks for direct access, if there is one.
   */
  static DiskFile write(Path directory, long wanted, Set<? extends OpenOption> direct)
      throws IOException, UnmeasuredException {
    long room = Files.getFileStore(directory).getUsableSpace() / SHARE_OF_ROOM;
    long bytes = Math.min(wanted, room) / LARGE_BLOCK * LARGE_BLOCK;
    if (bytes < LEAST_BYTES) {
      throw new UnmeasuredException(
          "a tenth of the free space of %s is less than %d MiB: name another directory with --disk"
              .formatted(directory, LEAST_BYTES >> 20));
    }
    int alignment = (int) Math.max(SMALL_BLOCK, Files.getFileStore(directory).getBlockSize());
    DiskFile file;
    try {
      file = new DiskFile(open(directory, direct), !direct.isEmpty(), alignment, bytes);
    } catch (IOException | UnsupportedOperationException e) {
      file = new DiskFile(open(directory, Set.of()), false, alignment, bytes);
    }
    try {
      file.fill();
      return file;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** An option of the JDK that the compiler does not let anyone name. */
  private static Set<OpenOption> directOption() {
    try {
      Class<?> options = Class.forName("com.sun.nio.file.ExtendedOpenOption");
      return Set.of((OpenOption) options.getField("DIRECT").get(null));
    } catch (ReflectiveOperationException e) {
      return Set.of();
    }
  }

  private static FileChannel open(Path directory, Set<? extends OpenOption> further)
      throws IOException {
    Path name = directory.resolve(".assay-bench-" + ProcessHandle.current().pid());
    Set<OpenOption> options = new HashSet<>(further);
    options.add(StandardOpenOption.CREATE_NEW);
    options.add(StandardOpenOption.READ);
    options.add(StandardOpenOption.WRITE);
    try {
      return FileChannel.open(
          name,
          options,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } finally {
      Files.deleteIfExists(name);
    }
  }

  /** Whether reads and writes go past the system's cache. */
  boolean direct() {
    return direct;
  }

  long bytes() {
    return bytes;
  }

  /** A buffer of random bytes that direct access takes. */
  ByteBuffer buffer(int size) {
    ByteBuffer buffer =
        ByteBuffer.allocateDirect(size + alignment).alignedSlice(alignment).limit(size).slice();
    SplittableRandom random = new SplittableRandom(size);
    for (int i = 0; i < size; i += Long.BYTES) {
      buffer.putLong(i, random.nextLong());
    }
    return buffer;
  }

  /** Writes the whole buffer at that place. */
  void write(ByteBuffer buffer, long at) throws IOException {
    buffer.clear();
    while (buffer.hasRemaining()) {
      channel.write(buffer, at + buffer.position());
    }
  }

  /** Fills the whole buffer from that place. */
  void read(ByteBuffer buffer, long at) throws IOException {
    buffer.clear();
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw new IOException("the benchmark's file ended at " + (at + buffer.position()));
      }
    }
  }

  /** Returns once what was written is on the disk, as far as the disk says so. */
  void sync() throws IOException {
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Blocks that were never written read as zeros, without asking the disk. */
  private void fill() throws IOException {
    ByteBuffer block = buffer(LARGE_BLOCK);
    for (long at = 0; at < bytes; at += LARGE_BLOCK) {
      write(block, at);
    }
    sync();
  }
}
