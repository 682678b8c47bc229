package dev.assay.wire;

import static dev.assay.wire.Loopback.COORDINATOR;
import static dev.assay.wire.Loopback.NODE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.crypto.TlsIdentity;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An authority, where one is configured, has to have issued the peer's certificate. */
@Timeout(60)
class AuthorityTest {
  private static final Party AUTHORITY = Party.number(20);
  private static final Duration DAY = Duration.ofDays(1);

  private final Instant now = Instant.now();

  /** The party with a certificate of the authority's for its own key. */
  private TlsIdentity issued(Party party, Instant until) throws Exception {
    X509Certificate root = AUTHORITY.identity().certificate();
    PublicKey key = party.identity().certificate().getPublicKey();
    PrivateKey signer = AUTHORITY.identity().privateKey();
    byte[] certificate =
        new X509v3CertificateBuilder(
                new X500Name(root.getSubjectX500Principal().getName()),
                BigInteger.ONE,
                Date.from(now.minus(DAY.multipliedBy(2))),
                Date.from(until),
                new X500Name("CN=issued"),
                SubjectPublicKeyInfo.getInstance(key.getEncoded()))
            .build(new JcaContentSignerBuilder("Ed25519").build(signer))
            .getEncoded();
    return new TlsIdentity(
        party.identity().privateKey(),
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate)),
        Optional.of(root));
  }

  private Object firstEvent(TlsIdentity coordinator, TlsIdentity node) throws Exception {
    ServerConfig plain = Loopback.config(0, Duration.ofSeconds(5), Duration.ofSeconds(15));
    ServerConfig config =
        new ServerConfig(
            plain.bind(),
            coordinator,
            plain.name(),
            plain.version(),
            plain.heartbeat(),
            plain.lease());
    RecordingClient client = new RecordingClient(Loopback.hello(NODE, 1));
    try (WireServer server =
        WireServer.start(config, RandomGenerator.getDefault(), new RecordingServer())) {
      ClientConfig reach = Loopback.reach(NODE, COORDINATOR.id(), server.port());
      try (WireClient dialled =
          WireClient.start(
              new ClientConfig(
                  reach.address(),
                  reach.coordinator(),
                  node,
                  reach.patience(),
                  reach.firstRetry(),
                  reach.maxRetry()),
              RandomGenerator.getDefault(),
              client)) {
        return client.events.next(Object.class);
      }
    }
  }

  @Test
  void bothSidesOfOneAuthorityMeet() throws Exception {
    assertThat(firstEvent(issued(COORDINATOR, now.plus(DAY)), issued(NODE, now.plus(DAY))))
        .isInstanceOf(RecordingClient.Event.Welcomed.class);
  }

  @Test
  void aCoordinatorThatTheAuthorityDidNotIssueIsNotSpokenTo() throws Exception {
    Object event = firstEvent(COORDINATOR.identity(), issued(NODE, now.plus(DAY)));
    assertThat(event.toString())
        .contains("the peer's certificate is not issued by the configured authority");
  }

  @Test
  void aCertificateOutOfDateIsRefused() throws Exception {
    Object event = firstEvent(issued(COORDINATOR, now.minus(DAY)), issued(NODE, now.plus(DAY)));
    assertThat(event.toString()).contains("the peer's certificate is out of date: NotAfter");
  }

  @Test
  void aNodeThatTheAuthorityDidNotIssueIsRefused() throws Exception {
    Object event = firstEvent(issued(COORDINATOR, now.plus(DAY)), NODE.identity());
    assertThat(event).isInstanceOf(RecordingClient.Event.Closed.class);
  }
}
