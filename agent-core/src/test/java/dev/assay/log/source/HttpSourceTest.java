package dev.assay.log.source;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.assay.log.LogFormatException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading from web servers that do not do as they should. */
class HttpSourceTest {
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/logs/a/stalls", this::stall);
    server.createContext("/logs/a/forbidden", exchange -> answer(exchange, 403, "no"));
    server.createContext("/logs/a/broken", exchange -> answer(exchange, 503, "later"));
    server.createContext(
        "/logs/a/recovers", exchange -> answer(exchange, requests.get() == 0 ? 500 : 200, "there"));
    server.createContext(
        "/logs/a/hangs-up",
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write(new byte[10]);
          exchange.getResponseBody().flush();
          throw new IOException("hung up");
        });
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/logs/a", "/logs/a/"})
  void pathsAreBelowTheAddress(String path) throws IOException {
    requests.set(1);
    try (HttpSource source = source(path)) {
      assertThat(source.read("recovers", 5)).hasValue("there".getBytes(US_ASCII));
      assertThat(source.read("nothing", 5)).isEmpty();
    }
  }

  @Test
  void aPassingFaultIsTriedAgain() throws IOException {
    try (HttpSource source = source("/logs/a")) {
      assertThat(source.read("recovers", 100)).hasValue("there".getBytes(US_ASCII));
    }
    assertThat(requests).hasValue(2);
  }

  @Test
  void aLastingFaultIsReportedWithItsAddress() throws IOException {
    try (HttpSource source = source("/logs/a")) {
      assertThatThrownBy(() -> source.read("broken", 100))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "http://127.0.0.1:%d/logs/a/broken could not be read: the server answered 503",
              server.getAddress().getPort());
      assertThat(requests).hasValue(3);
      assertThatThrownBy(() -> source.read("hangs-up", 100)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aRefusalIsNotTriedAgain() throws IOException {
    try (HttpSource source = source("/logs/a")) {
      assertThatThrownBy(() -> source.read("forbidden", 100))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the server answered 403");
    }
    assertThat(requests).hasValue(1);
  }

  @Test
  void aBodyThatIsTooLongIsNotReadToItsEnd() throws IOException {
    requests.set(1);
    try (HttpSource source = source("/logs/a")) {
      assertThatThrownBy(() -> source.read("recovers", 4))
          .isInstanceOf(LogFormatException.class)
          .hasMessage("recovers has more than the 4 bytes that it can have");
    }
  }

  @Test
  void aServerThatStallsIsGivenUp() throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/logs/a");
    try (HttpSource source = new HttpSource(uri, Duration.ofMillis(300))) {
      assertThatThrownBy(() -> source.read("stalls", 100))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("took longer than");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://host/", "file:///etc", "log", "http:///x"})
  void anAddressIsOfTheWeb(String address) {
    assertThatThrownBy(() -> new HttpSource(URI.create(address)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("begins with http:// or https:// and a host");
  }

  private HttpSource source(String path) {
    return new HttpSource(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path));
  }

  /** Headers and half of the body, then nothing. */
  private void stall(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 100);
    exchange.getResponseBody().write(new byte[50]);
    exchange.getResponseBody().flush();
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  private void answer(HttpExchange exchange, int status, String body) throws IOException {
    requests.incrementAndGet();
    exchange.sendResponseHeaders(status, body.length());
    exchange.getResponseBody().write(body.getBytes(US_ASCII));
    exchange.close();
  }
}
