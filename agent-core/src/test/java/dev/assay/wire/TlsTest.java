package dev.assay.wire;

import static dev.assay.wire.Loopback.COORDINATOR;
import static dev.assay.wire.Loopback.NODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.assay.wire.RecordingClient.Event.Closed;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who gets through the handshake, and what the others are told. */
@Timeout(60)
class TlsTest {
  private Loopback loopback;

  @BeforeEach
  void start() throws Exception {
    loopback = new Loopback();
  }

  @AfterEach
  void nobodyGotThrough() throws Exception {
    assertThat(loopback.handler.events.isEmpty()).isTrue();
    loopback.close();
  }

  private SessionEnd dial(ClientConfig config) {
    RecordingClient client = new RecordingClient(Loopback.hello(NODE, 1));
    loopback.closing(WireClient.start(config, RandomGenerator.getDefault(), client));
    return client.events.next(Closed.class).end();
  }

  @Test
  void aCoordinatorWithAnotherKeyIsNotSpokenTo() {
    Party expected = Party.number(7);
    SessionEnd end = dial(loopback.reach(NODE, expected.id()));
    assertThat(end.is(CloseCode.TLS_FAILED)).isTrue();
    assertThat(end.reason())
        .isEqualTo("the peer holds the key " + COORDINATOR.id() + ", expected " + expected.id());
  }

  @Test
  void nobodyListening() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    SessionEnd end = dial(Loopback.reach(NODE, COORDINATOR.id(), port));
    assertThat(end.is(CloseCode.CONNECTION_LOST)).isTrue();
    assertThat(end.reason()).startsWith("127.0.0.1:" + port + " cannot be reached: ");
  }

  @Test
  void anUnknownHost() {
    ClientConfig reach = loopback.reach(NODE, COORDINATOR.id());
    SessionEnd end =
        dial(
            new ClientConfig(
                new Address("coordinator.invalid", 443),
                reach.coordinator(),
                reach.identity(),
                reach.patience(),
                reach.firstRetry(),
                reach.maxRetry()));
    assertThat(end.reason()).isEqualTo("the host coordinator.invalid is not known");
  }

  @Test
  void aServerWithoutTls() throws IOException {
    try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerInPlainText(plain));
      SessionEnd end = dial(Loopback.reach(NODE, COORDINATOR.id(), plain.getLocalPort()));
      assertThat(end.is(CloseCode.TLS_FAILED)).isTrue();
      assertThat(end.reason()).isEqualTo("the other side does not speak TLS");
    }
  }

  private static void answerInPlainText(ServerSocket plain) {
    try (Socket socket = plain.accept()) {
      socket.getOutputStream().write("HTTP/1.1 400 Bad\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      assertThat(e).isNotNull();
    }
  }

  @Test
  void aNodeWithoutACertificateIsRefused() throws Exception {
    SSLContext anonymous = RawNode.tls(new KeyManager[0]);
    try (SSLSocket socket = open(anonymous)) {
      assertRefused(socket);
    }
  }

  @Test
  void tlsBefore13IsRefused() throws Exception {
    try (SSLSocket socket = open(RawNode.tls(NODE))) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      assertRefused(socket);
    }
  }

  private SSLSocket open(SSLContext tls) throws IOException {
    return (SSLSocket)
        tls.getSocketFactory()
            .createSocket(InetAddress.getLoopbackAddress(), loopback.server.port());
  }

  /** In TLS 1.3 a client's handshake succeeds before the server has looked at its certificate. */
  private static void assertRefused(SSLSocket socket) {
    assertThatIOException()
        .isThrownBy(
            () -> {
              socket.startHandshake();
              socket
                  .getOutputStream()
                  .write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
              assertThat(socket.getInputStream().read()).isNegative();
              throw new IOException("ended without an answer");
            });
  }

  @Test
  void httpWithoutTlsGetsNoAnswer() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), loopback.server.port())) {
      socket
          .getOutputStream()
          .write("GET /assay HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      InputStream answer = socket.getInputStream();
      assertThat(new String(answer.readAllBytes(), StandardCharsets.UTF_8)).doesNotContain("HTTP");
    }
  }
}
