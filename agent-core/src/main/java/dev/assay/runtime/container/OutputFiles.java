package dev.assay.runtime.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A job's two output files. They are given a container's output from its beginning each time that
 * an agent follows it, and take what they lack: a byte that is there already is not written again,
 * and must be the one that is there.
 */
final class OutputFiles implements AutoCloseable {
  private final long limit;
  private final Stream stdout;
  private final Stream stderr;

  /** Of the job in {@code directory}; each file takes {@code limit} bytes. */
  OutputFiles(Path directory, long limit) throws IOException {
    this.limit = limit;
    this.stdout = new Stream(directory.resolve("stdout"));
    this.stderr = new Stream(directory.resolve("stderr"));
  }

  void stdout(byte[] bytes, int offset, int length) throws IOException {
    stdout.take(bytes, offset, length);
  }

  void stderr(byte[] bytes, int offset, int length) throws IOException {
    stderr.take(bytes, offset, length);
  }

  /** Begins again at the beginning, for an engine that tells all of it once more. */
  void rewind() {
    stdout.position = 0;
    stderr.position = 0;
  }

  /** Whether the container wrote more than the files take, or than its engine kept. */
  boolean overflowed() {
    return stdout.overflowed || stderr.overflowed;
  }

  /** Some of what the container wrote is gone: it wrote more than its engine keeps. */
  void lost() {
    stdout.overflowed = true;
  }

  /** All that was taken is on the disk. */
  void force() throws IOException {
    stdout.channel.force(true);
    stderr.channel.force(true);
  }

  @Override
  public void close() throws IOException {
    try (FileChannel first = stdout.channel;
        FileChannel second = stderr.channel) {
      first.isOpen();
      second.isOpen();
    }
  }

  private final class Stream {
    private final FileChannel channel;
    private long size;
    private volatile long position;
    private volatile boolean overflowed;

    Stream(Path file) throws IOException {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      size = channel.size();
    }

    synchronized void take(byte[] bytes, int offset, int length) throws IOException {
      int known = (int) Math.min(length, Math.max(0, size - position));
      if (known > 0 && !isThere(bytes, offset, known)) {
        overflowed = true;
      }
      position += known;
      int room = (int) Math.min(length - known, Math.max(0, limit - position));
      ByteBuffer rest = ByteBuffer.wrap(bytes, offset + known, room);
      while (rest.hasRemaining()) {
        position += channel.write(rest, position);
      }
      size = Math.max(size, position);
      overflowed |= room < length - known;
    }

    private boolean isThere(byte[] bytes, int offset, int length) throws IOException {
      ByteBuffer there = ByteBuffer.allocate(length);
      long at = position;
      while (there.hasRemaining()) {
        int read = channel.read(there, at);
        if (read < 0) {
          return false;
        }
        at += read;
      }
      return there.flip().equals(ByteBuffer.wrap(bytes, offset, length));
    }
  }
}
