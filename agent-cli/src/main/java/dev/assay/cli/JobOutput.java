package dev.assay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.json.StrictJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * What a job has written.
 *
 * @param follow whether to wait for what it will write, until it has ended
 */
record JobOutput(CoordinatorClient coordinator, String job, boolean follow) {
  private static final int BLOCK = 1 << 14;

  /** Copies one stream, passing on each piece as it comes. */
  void copy(String stream, OutputStream to) throws IOException, CommandException {
    byte[] block = new byte[BLOCK];
    try (InputStream in = coordinator.output(job, stream, follow)) {
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        to.write(block, 0, n);
        to.flush();
      }
    }
  }

  /** Copies both streams at once. */
  void copyBoth(OutputStream out, OutputStream err)
      throws IOException, CommandException, InterruptedException {
    Callable<Void> errors =
        () -> {
          copy("stderr", err);
          return null;
        };
    FutureTask<Void> beside = new FutureTask<>(errors);
    Thread.ofVirtual().name("assay-stderr").start(beside);
    copy("stdout", out);
    try {
      beside.get();
    } catch (ExecutionException e) {
      throw new IOException("stderr: " + e.getCause().getMessage(), e.getCause());
    }
  }

  /** Both streams as text. */
  ObjectNode json() throws IOException, CommandException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    copy("stdout", out);
    copy("stderr", err);
    return StrictJson.newObject()
        .put("job", job)
        .put("stdout", out.toString(StandardCharsets.UTF_8))
        .put("stderr", err.toString(StandardCharsets.UTF_8));
  }
}
