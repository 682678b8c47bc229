package dev.assay.coordinator;

import dev.assay.crypto.Digest;
import dev.assay.wire.JobStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/** What has arrived of one stream of one job. Grows at its end only. */
record OutputFile(Path path) {
  private static final int BLOCK = 1 << 16;

  /** The file of a stream below the directory of all jobs. */
  static OutputFile of(Path jobs, String id, JobStream stream) {
    return new OutputFile(jobs.resolve(id).resolve(stream.toString()));
  }

  long size() throws IOException {
    return Files.exists(path) ? Files.size(path) : 0;
  }

  /**
   * Adds what is new of a piece. Durable when it returns.
   *
   * @return up to where the stream is here now
   */
  long append(long offset, byte[] data) throws IOException {
    long size = size();
    if (offset > size || offset + data.length <= size) {
      return size;
    }
    int known = (int) (size - offset);
    Files.createDirectories(path.getParent());
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(data, known, data.length - known);
      file.position(size);
      while (rest.hasRemaining()) {
        file.write(rest);
      }
      file.force(true);
    }
    return offset + data.length;
  }

  /** Whether it is exactly this long, with this digest. */
  boolean is(long length, Digest sha256) throws IOException {
    if (size() != length) {
      return false;
    }
    MessageDigest digest = Digest.sha256();
    if (length > 0) {
      try (InputStream in = Files.newInputStream(path)) {
        byte[] block = new byte[BLOCK];
        for (int n = in.read(block); n >= 0; n = in.read(block)) {
          digest.update(block, 0, n);
        }
      }
    }
    return Digest.ofBytes(digest.digest()).equals(sha256);
  }

  /** Begins anew: what is here is not what the node has. */
  void clear() throws IOException {
    Files.deleteIfExists(path);
  }
}
