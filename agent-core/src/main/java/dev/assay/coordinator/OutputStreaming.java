package dev.assay.coordinator;

import dev.assay.control.ControlResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * Sends what has arrived of a job's stream from an offset on and, if asked to follow, what comes
 * until the job is done.
 */
record OutputStreaming(
    OutputFile file, long offset, boolean follow, CoordinatorRoutes.Reading<Boolean> done)
    implements ControlResponse.Body {
  private static final int BLOCK = 1 << 16;
  private static final Duration TICK = Duration.ofMillis(50);

  @Override
  public void writeTo(OutputStream out) throws IOException, InterruptedException {
    long at = offset;
    while (true) {
      // The order matters: what is done before the copy has nothing to add after it.
      boolean last = !follow || done.read();
      at = copy(at, out);
      if (last) {
        return;
      }
      Thread.sleep(TICK);
    }
  }

  private long copy(long from, OutputStream out) throws IOException {
    if (Files.notExists(file.path())) {
      return from;
    }
    long at = from;
    try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
      ByteBuffer block = ByteBuffer.allocate(BLOCK);
      for (int n = channel.read(block, at); n > 0; n = channel.read(block.clear(), at)) {
        out.write(block.array(), 0, n);
        at += n;
      }
    }
    out.flush();
    return at;
  }
}
