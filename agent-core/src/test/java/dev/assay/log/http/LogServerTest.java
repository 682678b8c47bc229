package dev.assay.log.http;

import static dev.assay.log.LogKeys.LOG;
import static dev.assay.log.LogKeys.LOG_KEY;
import static dev.assay.log.LogKeys.ORIGIN;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.crypto.Digest;
import dev.assay.log.LogFormatException;
import dev.assay.log.NaiveTree;
import dev.assay.log.SignedCheckpoint;
import dev.assay.log.source.HttpSource;
import dev.assay.log.source.LogReader;
import dev.assay.log.store.DiskLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log over real HTTP, read by a client that knows nothing of the server. */
class LogServerTest {
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  @TempDir static Path home;

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static LogServer server;
  private static Digest blob;

  @BeforeAll
  static void serve() throws IOException {
    Files.writeString(home.resolve("secret"), "not for the web");
    Path directory = home.resolve("log");
    try (DiskLog log = DiskLog.open(directory, ORIGIN, LOG_KEY)) {
      log.appendAll(IntStream.range(0, 300).mapToObj(NaiveTree::numberedLeaf).toList());
      blob = log.putBlob("a blob".getBytes(US_ASCII));
    }
    server = LogServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), directory);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aReaderFindsTheWholeLog() throws IOException {
    try (HttpSource source = new HttpSource(uri(""))) {
      LogReader reader = new LogReader(source);
      SignedCheckpoint checkpoint = reader.checkpoint(LOG).orElseThrow();
      List<byte[]> entries = new ArrayList<>();
      assertThat(reader.read(300, (index, entry) -> entries.add(entry)))
          .isEqualTo(checkpoint.head());
      assertThat(entries).hasSize(300);
      assertThat(entries.get(299)).isEqualTo(NaiveTree.numberedLeaf(299));
      assertThat(reader.tree(300).head(300)).isEqualTo(checkpoint.head());
      assertThat(reader.blob(blob, 100)).hasValue("a blob".getBytes(US_ASCII));
      assertThat(reader.witnessed(LOG)).isEmpty();
      assertThatThrownBy(() -> reader.blob(blob, 5))
          .isInstanceOf(LogFormatException.class)
          .hasMessageContaining("more than the 5 bytes");
    }
  }

  @Test
  void eachKindOfFileHasItsHeaders() throws Exception {
    assertHeaders("checkpoint", "text/plain; charset=utf-8", "no-cache");
    assertHeaders("tile/0/000", "application/octet-stream", FOR_EVER);
    assertHeaders("tile/entries/000", "application/octet-stream", FOR_EVER);
    assertHeaders("tile/0/001.p/44", "application/octet-stream", "public, max-age=60");
    assertHeaders("blob/" + blob.hex(), "application/octet-stream", FOR_EVER);
  }

  @Test
  void headGivesTheSizeAndNoBody() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("tile/0/000"))
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<byte[]> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValueAsLong("content-length")).hasValue(256 * 32);
    assertThat(response.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "lock",
        "tmp/0",
        "tile",
        "tile/0/000.p",
        "tile/0/0",
        "tile/0/x000/000",
        "tile/0/002",
        "tile/8/000",
        "tile/0/001.p/256",
        "blob/00",
        "checkpoint/",
        "..%2fsecret",
        "%2e%2e/secret"
      })
  void whatIsNoFileOfALogIsNotFound(String path) throws Exception {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("cache-control")).hasValue("no-store");
  }

  /** Clients tidy paths before they send them; an attacker does not. */
  @Test
  void aPathThatClimbsIsNotFound() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write("GET /tile/../../secret HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 404").doesNotContain("not for the web");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
  void aLogIsOnlyRead(String method) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("checkpoint"))
            .method(method, HttpRequest.BodyPublishers.ofString("x"))
            .build();
    HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("allow")).hasValue("GET, HEAD");
  }

  private void assertHeaders(String path, String type, String cache) throws Exception {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).as(path).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).as(path).hasValue(type);
    assertThat(response.headers().firstValue("cache-control")).as(path).hasValue(cache);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + "/" + path);
  }
}
