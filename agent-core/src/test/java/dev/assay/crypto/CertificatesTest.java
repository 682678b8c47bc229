package dev.assay.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;

class CertificatesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @Test
  void carriesTheKeyAndNothingOfTheHost() throws Exception {
    SigningKey key = TestKeys.counting(0);
    X509Certificate certificate = Certificates.selfSigned(key, NOW).certificate();
    certificate.verify(certificate.getPublicKey());
    certificate.checkValidity(Date.from(NOW));
    certificate.checkValidity(Date.from(Instant.parse("2126-01-01T00:00:00Z")));
    assertThat(Certificates.publicKey(certificate)).isEqualTo(key.publicKey());
    assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=" + key.id());
    assertThat(certificate.getBasicConstraints()).as("an authority over others").isEqualTo(-1);
    assertThat(Certificates.selfSigned(key, NOW).certificate()).isEqualTo(certificate);
  }

  @Test
  void readsBackFromPem() throws Exception {
    X509Certificate certificate = Certificates.selfSigned(TestKeys.counting(0), NOW).certificate();
    byte[] pem = Certificates.pem(certificate).getBytes(StandardCharsets.US_ASCII);
    assertThat(
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem)))
        .isEqualTo(certificate);
  }

  @Test
  void aKeyOfAnotherKindIsRefused() throws Exception {
    byte[] pem = CertificatesTest.class.getResourceAsStream("p256.pem").readAllBytes();
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Certificates.publicKey(certificate))
        .withMessage("the certificate's key is EC, expected Ed25519");
  }

  @Test
  void bothEndsOfTls13KnowEachOtherByTheirKeys() throws Exception {
    SigningKey clientKey = TestKeys.counting(0);
    SigningKey serverKey = TestKeys.counting(0x20);
    try (SSLServerSocket server =
        (SSLServerSocket)
            context(serverKey)
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setNeedClientAuth(true);
      server.setEnabledProtocols(new String[] {"TLSv1.3"});
      CompletableFuture<PublicKey> seenByServer =
          CompletableFuture.supplyAsync(() -> accept(server));
      try (SSLSocket socket =
          (SSLSocket)
              context(clientKey)
                  .getSocketFactory()
                  .createSocket(server.getInetAddress(), server.getLocalPort())) {
        assertThat(socket.getInputStream().read()).isEqualTo('!');
        assertThat(peer(socket.getSession())).isEqualTo(serverKey.publicKey());
      }
      assertThat(seenByServer.get()).isEqualTo(clientKey.publicKey());
    }
  }

  private static PublicKey accept(SSLServerSocket server) {
    try (SSLSocket socket = (SSLSocket) server.accept()) {
      socket.getOutputStream().write('!');
      return peer(socket.getSession());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static PublicKey peer(SSLSession session) throws Exception {
    return Certificates.publicKey((X509Certificate) session.getPeerCertificates()[0]);
  }

  private static SSLContext context(SigningKey key) throws Exception {
    TlsIdentity identity = Certificates.selfSigned(key, NOW);
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    X509Certificate[] chain = {identity.certificate()};
    store.setKeyEntry("key", identity.privateKey(), new char[0], chain);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(keys.getKeyManagers(), new TrustManager[] {new Anyone()}, new SecureRandom());
    return context;
  }

  /** The test looks at the keys itself. */
  private static final class Anyone extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
