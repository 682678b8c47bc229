package dev.assay.runtime.container;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/**
 * A registry as the OCI distribution specification has it, with one image under several names; what
 * a name begins with says what goes wrong: {@code private/}, {@code stalled/}, {@code lying/},
 * {@code torn/}, {@code huge/}.
 */
final class TestRegistry implements AutoCloseable {
  static final String ADDRESS = "127.0.0.1:" + EngineProcess.REGISTRY_PORT;

  private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
  private static final String CONFIG = "application/vnd.docker.container.image.v1+json";
  private static final String LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip";
  private static final int TLS_HANDSHAKE = 0x16;
  private static final String LOGIN =
      "Basic " + Base64.getEncoder().encodeToString("user:secret".getBytes(StandardCharsets.UTF_8));

  private final HttpServer server;
  private final ServerSocket door;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  private volatile boolean members;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final byte[] manifest;
  private final byte[] huge;

  TestRegistry(Path rootfs) throws IOException {
    // What stands behind the end of a tar archive is no file, and makes each registry's layer new.
    byte[] plain = Files.readAllBytes(rootfs);
    byte[] tar = Arrays.copyOf(plain, plain.length + 1024);
    System.arraycopy(
        Long.toString(new Random().nextLong()).getBytes(StandardCharsets.US_ASCII),
        0,
        tar,
        plain.length,
        10);
    byte[] layer = gzip(tar);
    byte[] config =
        """
        {"architecture":"amd64","os":"linux","config":{"Cmd":["sh","-c","echo from the image"],
        "Env":["OF_IMAGE=yes"],"Volumes":{"/data":{}}},"rootfs":{"type":"layers","diff_ids":["%s"]},
        "history":[{"created_by":"test %d"}]}
        """
            .formatted(digest(tar), new Random().nextLong())
            .getBytes(StandardCharsets.UTF_8);
    blobs.put(digest(layer), layer);
    blobs.put(digest(config), config);
    this.manifest = manifest(config, digest(layer), layer.length);
    this.huge = manifest(config, digest(layer), 1L << 40);
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
    this.door = new ServerSocket(EngineProcess.REGISTRY_PORT, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::letIn);
  }

  /** Engines try TLS first; an HTTP server would wait for the end of what it takes for a line. */
  private void letIn() {
    try {
      while (true) {
        Socket guest = door.accept();
        threads.execute(() -> attend(guest));
      }
    } catch (IOException e) {
      // The door was closed.
    }
  }

  private void attend(Socket guest) {
    try (guest) {
      int first = guest.getInputStream().read();
      if (first < 0 || first == TLS_HANDSHAKE) {
        return;
      }
      try (Socket inside =
          new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort())) {
        inside.getOutputStream().write(first);
        threads.execute(() -> copy(guest, inside));
        copy(inside, guest);
      }
    } catch (IOException e) {
      // One of them has left.
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // One of them has left.
    }
  }

  /** From now on nobody gets in without credentials. */
  void membersOnly() {
    members = true;
  }

  /** Serves a file beside the registry, and returns its URL. */
  String serve(String path, byte[] bytes) {
    files.put(path, bytes);
    return "http://" + ADDRESS + path;
  }

  String digest() {
    return digest(manifest);
  }

  private static byte[] manifest(byte[] config, String layer, long size) {
    return """
        {"schemaVersion":2,"mediaType":"%s",
        "config":{"mediaType":"%s","size":%d,"digest":"%s"},
        "layers":[{"mediaType":"%s","size":%d,"digest":"%s"}]}
        """
        .formatted(MANIFEST, CONFIG, config.length, digest(config), LAYER, size, layer)
        .getBytes(StandardCharsets.UTF_8);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String name = path.replaceFirst("^/v2/([^/]*/).*", "$1");
      String last = path.substring(path.lastIndexOf('/') + 1);
      String login = exchange.getRequestHeaders().getFirst("Authorization");
      // Credentials are only sent where the registry's first answer asks for them.
      boolean closed = (members && path.equals("/v2/")) || name.equals("private/");
      if (closed && !LOGIN.equals(login)) {
        exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"test\"");
        error(exchange, 401, "UNAUTHORIZED", "authentication required");
      } else if (path.equals("/v2/")) {
        send(exchange, 200, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
      } else if (files.containsKey(path)) {
        send(exchange, 200, "application/x-tar", files.get(path));
      } else if (path.contains("/manifests/") && !name.equals("none/")) {
        byte[] bytes = name.equals("huge/") ? huge : manifest;
        if (!name.equals("lying/")) {
          exchange.getResponseHeaders().add("Docker-Content-Digest", digest(bytes));
        }
        send(exchange, 200, MANIFEST, bytes);
      } else if (path.contains("/blobs/") && blobs.containsKey(last)) {
        blob(exchange, name, blobs.get(last));
      } else {
        error(exchange, 404, "MANIFEST_UNKNOWN", "manifest unknown");
      }
    }
  }

  private void blob(HttpExchange exchange, String name, byte[] whole) throws IOException {
    byte[] bytes = whole.clone();
    boolean layer = bytes.length > 10_000;
    if (name.equals("torn/") && layer) {
      bytes[bytes.length / 2] ^= 1;
    }
    if (!name.equals("stalled/") || !layer) {
      send(exchange, 200, "application/octet-stream", bytes);
      return;
    }
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
    exchange.getResponseBody().flush();
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void error(HttpExchange exchange, int status, String code, String message)
      throws IOException {
    String json = "{\"errors\":[{\"code\":\"%s\",\"message\":\"%s\"}]}".formatted(code, message);
    send(exchange, status, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] bytes)
      throws IOException {
    exchange.getResponseHeaders().add("Content-Type", type);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head) {
      exchange.getResponseHeaders().add("Content-Length", Integer.toString(bytes.length));
    }
    exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
    if (!head) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(bytes);
      }
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  static String digest(byte[] bytes) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      door.close();
    } catch (IOException e) {
      // It is shut in any case.
    }
    server.stop(0);
    threads.shutdownNow();
  }
}
