package dev.assay.log.source;

import dev.assay.log.LogFormatException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The files of a log at a web address. A file that does not come is asked for a few times before
 * that is an error.
 */
public final class HttpSource implements LogSource, AutoCloseable {
  private static final int ATTEMPTS = 3;
  private static final int OK = 200;
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final URI base;
  private final Duration timeout;
  private final HttpClient client;

  /** The log at this {@code http} or {@code https} address, with or without a last slash. */
  public HttpSource(URI base) {
    this(base, Duration.ofSeconds(30));
  }

  /** The same with another limit on the time that one file may take. */
  HttpSource(URI base, Duration timeout) {
    String scheme = base.getScheme();
    if (base.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new IllegalArgumentException(
          "a log's address begins with http:// or https:// and a host, and " + base + " does not");
    }
    this.base = base.getPath().endsWith("/") ? base : URI.create(base + "/");
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
  }

  @Override
  public Optional<byte[]> read(String path, int limit) throws IOException {
    URI uri = base.resolve(path);
    for (int attempt = 1; ; attempt++) {
      try {
        HttpResponse<byte[]> response = fetch(uri, limit);
        int status = response.statusCode();
        if (status == OK) {
          return Optional.of(response.body());
        }
        if (status == 404 || status == 410) {
          return Optional.empty();
        }
        if (status < 500 || attempt == ATTEMPTS) {
          throw failed(uri, "the server answered " + status, null);
        }
      } catch (ExecutionException e) {
        if (e.getCause() instanceof BoundedBody.TooLongException) {
          throw new LogFormatException(
              path + " has more than the " + limit + " bytes that it can have");
        }
        if (attempt == ATTEMPTS) {
          throw failed(uri, reason(e.getCause()), e.getCause());
        }
      } catch (TimeoutException e) {
        throw failed(uri, "the server took longer than " + timeout.toSeconds() + " s", e);
      }
      pause(attempt);
    }
  }

  /** One attempt, over with its body or with the time limit. */
  private HttpResponse<byte[]> fetch(URI uri, int limit)
      throws ExecutionException, TimeoutException, InterruptedIOException {
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    CompletableFuture<HttpResponse<byte[]>> response =
        client.sendAsync(request, answer -> body(answer, limit));
    try {
      return response.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw interrupted();
    } finally {
      response.cancel(true);
    }
  }

  /** Of an answer that is not the file, the body does not matter. */
  private static BodySubscriber<byte[]> body(HttpResponse.ResponseInfo answer, int limit) {
    return answer.statusCode() == OK
        ? new BoundedBody(limit)
        : BodySubscribers.replacing(new byte[0]);
  }

  private static void pause(int attempt) throws InterruptedIOException {
    try {
      Thread.sleep(PAUSE.multipliedBy(attempt));
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("reading the log was interrupted");
  }

  private static String reason(Throwable cause) {
    if (cause instanceof ConnectException) {
      return "no server answers there";
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static IOException failed(URI uri, String reason, Throwable cause) {
    return new IOException(uri + " could not be read: " + reason, cause);
  }

  /** Ends the connections. */
  @Override
  public void close() {
    client.shutdownNow();
  }
}
