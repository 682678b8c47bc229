package dev.assay.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.crypto.Certificates;
import dev.assay.crypto.KeyId;
import dev.assay.crypto.SigningKey;
import dev.assay.crypto.TlsIdentity;
import dev.assay.wire.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class CoordinatorReachTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final SigningKey key = SigningKey.generate(new SecureRandom());

  private static Reach reach(ServerSocket server, KeyId pinned) {
    return CoordinatorReach.of(new Address("127.0.0.1", server.getLocalPort()), pinned, PATIENCE);
  }

  /** Answers one connection, whatever becomes of it. */
  private static void answer(ServerSocket server, String text) {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try (Socket peer = server.accept()) {
                peer.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
                peer.getOutputStream().flush();
                peer.getInputStream().read();
              } catch (IOException e) {
                // The other side hung up, as it should.
              }
            });
  }

  private ServerSocket tls() throws Exception {
    TlsIdentity identity = Certificates.selfSigned(key, Instant.now());
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "key", identity.privateKey(), new char[0], new Certificate[] {identity.certificate()});
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(keys.getKeyManagers(), null, null);
    return context
        .getServerSocketFactory()
        .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @Test
  void itIsReachedUnderItsKeyAlone() throws Exception {
    try (ServerSocket server = tls()) {
      answer(server, "");
      assertThat(reach(server, key.id())).isInstanceOf(Reach.Reached.class);

      answer(server, "");
      KeyId other = SigningKey.generate(new SecureRandom()).id();
      assertThat(reach(server, other)).isEqualTo(new Reach.OtherKey());
    }
  }

  @Test
  void whatDoesNotSpeakTlsIsNamed() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      answer(server, "HTTP/1.1 400 Bad Request\r\n\r\n");
      assertThat(reach(server, key.id())).isInstanceOf(Reach.NoTls.class);
    }
  }

  @Test
  void aClosedPortIsToldWithoutItsAddress() throws Exception {
    ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    closed.close();

    assertThat(reach(closed, key.id()))
        .isInstanceOfSatisfying(
            Reach.NoConnection.class,
            none -> assertThat(none.reason()).contains("refused").doesNotContain("127.0"));
    assertThat(CoordinatorReach.of(new Address("no.such.host.invalid", 1), key.id(), PATIENCE))
        .isEqualTo(new Reach.UnknownName());
  }
}
