package dev.assay.log.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves the directory of a log, which may grow meanwhile, until it is closed. */
public final class LogServer implements AutoCloseable {
  private static final int STOP_AT_ONCE = 0;

  private final Path directory;
  private final HttpServer server;
  private final ExecutorService executor;

  private LogServer(Path directory, HttpServer server, ExecutorService executor) {
    this.directory = directory;
    this.server = server;
    this.executor = executor;
  }

  /** Begins to serve; with port 0 the system chooses one, see {@link #port}. */
  public static LogServer start(InetSocketAddress address, Path directory) throws IOException {
    ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    HttpServer server = HttpServer.create(address, 0);
    LogServer logs = new LogServer(directory, server, executor);
    server.createContext("/", logs::answer);
    server.setExecutor(executor);
    server.start();
    return logs;
  }

  /** The port that the server listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      if (!method.equals("GET") && !method.equals("HEAD")) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        refuse(exchange, 405, "a log can only be read");
        return;
      }
      Optional<Resource> resource = Resource.of(exchange.getRequestURI().getRawPath());
      if (resource.isEmpty()) {
        refuse(exchange, 404, "a log has no such file");
        return;
      }
      send(exchange, resource.get(), method.equals("HEAD"));
    }
  }

  /** The size and the bytes are those of one file, even if another takes its name meanwhile. */
  private void send(HttpExchange exchange, Resource resource, boolean headOnly) throws IOException {
    try (FileChannel file =
        FileChannel.open(directory.resolve(resource.path()), StandardOpenOption.READ)) {
      long size = file.size();
      exchange.getResponseHeaders().set("Content-Type", resource.contentType());
      exchange.getResponseHeaders().set("Cache-Control", resource.cacheControl());
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      if (headOnly) {
        exchange.getResponseHeaders().set("Content-Length", Long.toString(size));
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      exchange.sendResponseHeaders(200, size == 0 ? -1 : size);
      if (size > 0) {
        Channels.newInputStream(file).transferTo(exchange.getResponseBody());
      }
    } catch (NoSuchFileException e) {
      refuse(exchange, 404, "the log has no such file yet");
    }
  }

  /** Not to be kept by caches: what is not there may come. */
  private static void refuse(HttpExchange exchange, int status, String reason) throws IOException {
    byte[] text = (reason + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, text.length);
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(text);
    }
  }

  /** Stops at once; requests under way are cut off. */
  @Override
  public void close() {
    server.stop(STOP_AT_ONCE);
    executor.shutdownNow();
  }
}
