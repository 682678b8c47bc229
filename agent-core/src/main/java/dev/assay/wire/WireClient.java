package dev.assay.wire;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node's end: dials, keeps a session, and dials again whenever it ends, until closed. */
public final class WireClient implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WireClient.class);

  private final ClientConfig config;
  private final ClientHandler handler;
  private final Backoff backoff;
  private final Dialer dialer;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("assay-dialer").unstarted(this::run);
  private volatile CoordinatorConnection current;

  private WireClient(ClientConfig config, RandomGenerator random, ClientHandler handler) {
    this.config = config;
    this.handler = handler;
    this.backoff = new Backoff(config.firstRetry(), config.maxRetry(), random);
    this.dialer = new Dialer(config);
  }

  /**
   * Begins to dial, at once.
   *
   * @param random spreads the waits between attempts
   */
  public static WireClient start(
      ClientConfig config, RandomGenerator random, ClientHandler handler) {
    WireClient client = new WireClient(config, random, handler);
    client.thread.start();
    return client;
  }

  /**
   * Enrols the node's key, once; returns when the coordinator has stored it.
   *
   * @return who the coordinator is
   * @throws EnrolmentRefusedException if the coordinator refuses
   * @throws IOException if the coordinator cannot be reached; the message is a sentence
   */
  public static Enrolment enrol(ClientConfig config, Secret secret)
      throws IOException, InterruptedException {
    EnrolConnection connection = new EnrolConnection(config, secret);
    try (Dialer dialer = new Dialer(config)) {
      dialer.dial(connection.link());
      return connection.enrolment().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof EnrolmentRefusedException refused) {
        throw refused;
      }
      throw new IOException(e.getCause().getMessage(), e.getCause());
    }
  }

  /**
   * Ends the session, if one stands, after what is queued, and dials no more. Returns when the
   * handler has been told; the handler itself therefore does not call it.
   */
  @Override
  public void close() {
    stop();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop() {
    closed.countDown();
    CoordinatorConnection connection = current;
    if (connection != null) {
      connection.close(CloseCode.NORMAL, "the node stops");
    }
  }

  private void run() {
    try (dialer) {
      while (closed.getCount() > 0) {
        CoordinatorConnection connection = new CoordinatorConnection(config, handler);
        dialer.dial(connection.link());
        current = connection;
        if (closed.getCount() == 0) {
          connection.close(CloseCode.NORMAL, "the node stops");
        }
        SessionEnd end = connection.ended().join();
        pause(end, waitAfter(connection));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration waitAfter(CoordinatorConnection connection) {
    if (connection.wasWelcome()) {
      backoff.reset();
    }
    Duration wait = backoff.next();
    return wait.compareTo(connection.retryAfter()) > 0 ? wait : connection.retryAfter().plus(wait);
  }

  private void pause(SessionEnd end, Duration wait) throws InterruptedException {
    try {
      handler.onClosed(end, wait);
    } catch (RuntimeException e) {
      LOG.error("the handler failed at the end of a session", e);
    }
    closed.await(wait.toNanos(), TimeUnit.NANOSECONDS);
  }
}
