package dev.assay.runtime;

import dev.assay.job.OutputSummary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.function.BooleanSupplier;

/**
 * Reads one output stream of a job from its file, while the job writes it or later. A reader never
 * holds the job up, and never shows more than the owner's limit, at which the file is cut when the
 * job has ended.
 */
public final class OutputReader {
  private static final int BLOCK = 64 << 10;
  private static final long PAUSE_MILLIS = 20;

  private final Path file;
  private final long limit;

  /** Of {@code file}, which need not be there yet, up to {@code limit} bytes. */
  public OutputReader(Path file, long limit) {
    this.file = file;
    this.limit = limit;
  }

  /** Takes what is read, in order; may block to hold the reader up. */
  @FunctionalInterface
  public interface Sink {
    /** Takes the bytes that stand at {@code offset}; {@code bytes} is its own to keep. */
    void accept(long offset, byte[] bytes) throws IOException, InterruptedException;
  }

  /** The bytes that can be read now. */
  public long size() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return Math.min(limit, channel.size());
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  /** At most {@code max} bytes at {@code offset}; none if there are none yet. */
  public byte[] read(long offset, int max) throws IOException {
    if (offset < 0 || max < 1) {
      throw new IllegalArgumentException("an offset is at least 0 and a length at least 1");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return read(channel, offset, max);
    } catch (NoSuchFileException e) {
      return new byte[0];
    }
  }

  /**
   * Gives {@code sink} everything from {@code offset} on in chunks of at most {@code max} bytes,
   * until the job has ended and all of it was given.
   *
   * @param ended whether the output is final
   * @return the offset behind the last byte given
   */
  public long follow(long offset, int max, BooleanSupplier ended, Sink sink)
      throws IOException, InterruptedException {
    long next = offset;
    while (true) {
      boolean last = ended.getAsBoolean();
      byte[] bytes = read(next, max);
      if (bytes.length > 0) {
        sink.accept(next, bytes);
        next += bytes.length;
      } else if (last) {
        return next;
      } else {
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  /** Length and digest of all that can be read now. */
  public OutputSummary summary() throws IOException {
    MessageDigest digest = sha256();
    long size = 0;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      byte[] bytes = read(channel, 0, BLOCK);
      while (bytes.length > 0) {
        digest.update(bytes);
        size += bytes.length;
        bytes = read(channel, size, BLOCK);
      }
    } catch (NoSuchFileException e) {
      return OutputSummary.EMPTY;
    }
    return new OutputSummary(
        size, Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest()));
  }

  private byte[] read(FileChannel channel, long offset, int max) throws IOException {
    long left = Math.min(limit, channel.size()) - offset;
    if (left <= 0) {
      return new byte[0];
    }
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(max, left));
    while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {
      // A short read is followed by another until the buffer is full or the file ends.
    }
    byte[] bytes = new byte[buffer.position()];
    buffer.flip().get(bytes);
    return bytes;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
