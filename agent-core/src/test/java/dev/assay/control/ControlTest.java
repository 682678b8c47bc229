package dev.assay.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real server and a real client over a real socket file. */
@Timeout(60)
class ControlTest {
  private static final int MEGABYTE = 1 << 20;

  @TempDir Path directory;

  private Path socket() {
    return directory.resolve("run").resolve("agent.sock");
  }

  private ControlServer start(ControlHandler handler) throws IOException {
    return ControlServer.start(socket(), handler);
  }

  private static ControlResponse echo(ControlRequest request) {
    return new ControlResponse.Json(
        StrictJson.newObject()
            .put("method", request.method())
            .put("path", request.path())
            .put("query", request.query().toString())
            .set("body", request.body().raw()));
  }

  @Test
  void requestsCarryMethodPathQueryAndBody() throws IOException {
    try (ControlServer server = start(ControlTest::echo)) {
      ControlClient client = new ControlClient(socket());
      JsonObject got = client.get("/jobs/a%20b?follow=yes&stream=stdout&follow=no");
      assertThat(got.string("method", 10)).isEqualTo("GET");
      assertThat(got.string("path", 100)).isEqualTo("/jobs/a b");
      assertThat(got.string("query", 100)).contains("follow=no").contains("stream=stdout");
      JsonObject posted = client.post("/jobs", StrictJson.newObject().put("image", "é"));
      assertThat(posted.string("method", 10)).isEqualTo("POST");
      assertThat(posted.object("body").string("image", 10)).isEqualTo("é");
    }
  }

  @Test
  void onlyTheOwnerCanReachTheSocket() throws IOException {
    try (ControlServer server = start(ControlTest::echo)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
          .isEqualTo("rw-------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket().getParent())))
          .isEqualTo("rwx------");
    }
    assertThat(socket()).doesNotExist();
  }

  @Test
  void aRefusalArrivesWithStatusCodeAndSentence() throws IOException {
    ControlHandler handler =
        request -> {
          switch (request.path()) {
            case "/missing" -> throw ControlException.notFound("there is no job 7");
            case "/wrong" -> throw new IllegalArgumentException("labels must be a number");
            case "/machine" -> throw new IOException("the disk is full");
            default -> throw new IllegalStateException("bug");
          }
        };
    try (ControlServer server = start(handler)) {
      ControlClient client = new ControlClient(socket());
      assertRefused(client, "/missing", 404, "not-found", "there is no job 7");
      assertRefused(client, "/wrong", 400, "bad-request", "labels must be a number");
      assertRefused(client, "/machine", 500, "failed", "the disk is full");
      assertRefused(
          client,
          "/bug",
          500,
          "internal",
          "this request met a bug; the log of the process shows it: "
              + "java.lang.IllegalStateException: bug");
    }
  }

  private static void assertRefused(
      ControlClient client, String target, int status, String code, String sentence) {
    assertThatExceptionOfType(ControlException.class)
        .isThrownBy(() -> client.get(target))
        .withMessage(sentence)
        .satisfies(
            e -> {
              assertThat(e.status()).isEqualTo(status);
              assertThat(e.code()).isEqualTo(code);
            });
  }

  @Test
  void aBodyThatIsNotStrictJsonIsRefused() throws IOException {
    try (ControlServer server = start(ControlTest::echo)) {
      String answer =
          raw("POST /x HTTP/1.1\r\nHost: l\r\nContent-Length: 13\r\n\r\n{\"a\":1,\"a\":2}");
      assertThat(answer).startsWith("HTTP/1.1 400 ").contains("Duplicate field 'a'");
      assertThat(raw("BREW /x HTTP/1.1\r\nHost: l\r\n\r\n")).startsWith("HTTP/1.1 400 ");
      assertThat(raw("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400 ");
      assertThat(raw("POST /x HTTP/1.1\r\nHost: l\r\nContent-Length: 2000000\r\n\r\n"))
          .startsWith("HTTP/1.1 413 ");
    }
  }

  private String raw(String request) throws IOException {
    try (SocketChannel connection = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
      connection.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
      ByteBuffer answer = ByteBuffer.allocate(4096);
      while (connection.read(answer) >= 0) {
        if (new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII)
            .startsWith("HTTP/1.1 413")) {
          break;
        }
      }
      return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void aStreamArrivesLineByLineWhileItIsWritten() throws IOException {
    CountDownLatch firstRead = new CountDownLatch(1);
    ControlHandler handler =
        request ->
            new ControlResponse.Stream(
                "text/plain",
                out -> {
                  out.write("first\n".getBytes(StandardCharsets.UTF_8));
                  out.flush();
                  firstRead.await();
                  out.write("second\n".getBytes(StandardCharsets.UTF_8));
                });
    try (ControlServer server = start(handler);
        InputStream lines = new ControlClient(socket()).stream("/logs")) {
      assertThat(new String(lines.readNBytes(6), StandardCharsets.UTF_8)).isEqualTo("first\n");
      firstRead.countDown();
      assertThat(new String(lines.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("second\n");
    }
  }

  @Test
  void aStreamThatFailsBeforeItsFirstByteIsARefusalAndLaterACutShort() throws IOException {
    ControlHandler handler =
        request ->
            new ControlResponse.Stream(
                "text/plain",
                out -> {
                  if (request.path().equals("/late")) {
                    out.write(new byte[100]);
                    out.flush();
                  }
                  throw ControlException.conflict("the job has no output");
                });
    try (ControlServer server = start(handler)) {
      ControlClient client = new ControlClient(socket());
      assertThatExceptionOfType(ControlException.class)
          .isThrownBy(() -> client.stream("/early"))
          .withMessage("the job has no output");
      try (InputStream late = client.stream("/late")) {
        assertThat(late.readNBytes(100)).hasSize(100);
        assertThatIOException().isThrownBy(late::read).withMessage("the answer was cut short");
      }
    }
  }

  @Test
  void aClientThatReadsNothingHoldsTheWriterAndOneThatLeavesWakesIt() throws Exception {
    AtomicLong written = new AtomicLong();
    CountDownLatch ended = new CountDownLatch(1);
    ControlHandler handler =
        request ->
            new ControlResponse.Stream(
                "application/octet-stream",
                out -> {
                  try {
                    while (written.get() < 64L * MEGABYTE) {
                      out.write(new byte[MEGABYTE]);
                      written.addAndGet(MEGABYTE);
                    }
                  } finally {
                    ended.countDown();
                  }
                });
    try (ControlServer server = start(handler)) {
      try (InputStream unread = new ControlClient(socket()).stream("/logs")) {
        assertThat(unread.read()).isZero();
      }
      assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(written.get()).isLessThan(64L * MEGABYTE);
    }
  }

  @Test
  void aStreamThatWaitsIsWokenWhenItsClientLeaves() throws Exception {
    CountDownLatch woken = new CountDownLatch(1);
    ControlHandler handler =
        request ->
            new ControlResponse.Stream(
                "text/plain",
                out -> {
                  out.flush();
                  try {
                    new CountDownLatch(1).await();
                  } finally {
                    woken.countDown();
                  }
                });
    try (ControlServer server = start(handler)) {
      new ControlClient(socket()).stream("/logs").close();
      assertThat(woken.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void nobodyListening() throws IOException {
    ControlClient client = new ControlClient(socket());
    assertThatExceptionOfType(NotRunningException.class)
        .isThrownBy(() -> client.get("/"))
        .withMessageStartingWith("nothing listens on ");
    leaveStaleSocket();
    assertThatExceptionOfType(NotRunningException.class).isThrownBy(() -> client.get("/"));
  }

  @Test
  void aStaleSocketIsReplacedALivingOneIsNot() throws IOException {
    leaveStaleSocket();
    try (ControlServer server = start(ControlTest::echo)) {
      assertThatIOException()
          .isThrownBy(() -> start(ControlTest::echo))
          .withMessageContaining("another process answers on");
      assertThat(new ControlClient(socket()).get("/").string("path", 10)).isEqualTo("/");
    }
  }

  @Test
  void aFileInTheSocketsPlaceIsLeftAlone() throws IOException {
    Files.createDirectories(socket().getParent());
    Files.writeString(socket(), "precious");
    assertThatIOException()
        .isThrownBy(() -> start(ControlTest::echo))
        .withMessageContaining("is not a socket");
    assertThat(socket()).hasContent("precious");
  }

  @Test
  void aPathTooLongForASocketIsRefusedWithASentence() {
    Path deep = directory.resolve("d".repeat(120)).resolve("agent.sock");
    assertThatIOException()
        .isThrownBy(() -> ControlServer.start(deep, ControlTest::echo))
        .withMessageContaining("cannot listen on");
  }

  @Test
  void closingLetsAnAnswerThatIsUnderWayArrive() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    ControlServer server =
        start(
            request -> {
              asked.countDown();
              closing.await();
              return echo(request);
            });
    Thread closer =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    asked.await();
                    Thread.ofVirtual().start(closing::countDown);
                    server.close();
                  } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
    assertThat(new ControlClient(socket()).post("/stop", StrictJson.newObject()).has("path"))
        .isTrue();
    closer.join();
    assertThat(socket()).doesNotExist();
  }

  private void leaveStaleSocket() throws IOException {
    Files.createDirectories(socket().getParent());
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(socket()));
    }
    assertThat(socket()).exists();
  }
}
