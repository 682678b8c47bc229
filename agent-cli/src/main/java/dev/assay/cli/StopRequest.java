package dev.assay.cli;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The wish that a command which runs for long should end: SIGTERM, SIGINT, or whoever holds this.
 * The process waits, for a while, until the command has ended in good order.
 */
final class StopRequest implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::hold, "assay-stop");

  private StopRequest() {}

  /** From now on signals end the command and not the process. */
  static StopRequest onSignals() {
    StopRequest request = new StopRequest();
    Runtime.getRuntime().addShutdownHook(request.hook);
    return request;
  }

  /** Wishes for the end. */
  void request() {
    requested.countDown();
  }

  /** Wishes for the end as soon as {@code in} has come to its own: whoever wrote it is gone. */
  void requestAtEndOf(InputStream in) {
    Thread reader =
        new Thread(
            () -> {
              try {
                in.skipNBytes(Long.MAX_VALUE);
              } catch (IOException end) {
                request();
              }
            },
            "assay-parent");
    reader.setDaemon(true);
    reader.start();
  }

  /** Returns once someone wishes for the end. */
  void await() throws InterruptedException {
    requested.await();
  }

  /** The command has ended in good order. */
  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException goingDown) {
      // The hook runs, and this is what it waits for.
    }
  }

  private void hold() {
    request();
    try {
      if (!ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        System.err.println("assay: did not end within " + PATIENCE.toSeconds() + " s.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
