package dev.assay.wire;

import dev.assay.crypto.Certificates;
import dev.assay.crypto.KeyId;
import dev.assay.crypto.PublicKey;
import dev.assay.crypto.TlsIdentity;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** TLS 1.3 and nothing older, both sides with a certificate, on the JDK's provider. */
final class Tls {
  /** How long a closing connection may take to say so to a peer that reads nothing. */
  static final int CLOSE_NOTIFY_MILLIS = 500;

  private static final String VERSION = "TLSv1.3";

  private Tls() {}

  static SslContext server(TlsIdentity identity) throws SSLException {
    return SslContextBuilder.forServer(identity.privateKey(), identity.certificate())
        .sslProvider(SslProvider.JDK)
        .protocols(VERSION)
        .clientAuth(ClientAuth.REQUIRE)
        .trustManager(KeyTrust.anyKey(identity.authority()))
        .build();
  }

  static SslContext client(TlsIdentity identity, KeyId coordinator) throws SSLException {
    return SslContextBuilder.forClient()
        .sslProvider(SslProvider.JDK)
        .protocols(VERSION)
        .keyManager(identity.privateKey(), identity.certificate())
        .trustManager(KeyTrust.only(coordinator, identity.authority()))
        .endpointIdentificationAlgorithm(null)
        .build();
  }

  /** The key that the peer showed in the handshake. */
  static PublicKey peer(SslHandler tls) throws SSLPeerUnverifiedException {
    return Certificates.publicKey(
        (X509Certificate) tls.engine().getSession().getPeerCertificates()[0]);
  }
}
