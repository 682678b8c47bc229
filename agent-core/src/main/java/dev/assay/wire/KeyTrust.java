package dev.assay.wire;

import dev.assay.crypto.Certificates;
import dev.assay.crypto.KeyId;
import dev.assay.crypto.PublicKey;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts keys, not names or dates: the handshake itself shows that the peer holds the certificate's
 * key, and whoever is asked for is known by that key. An authority, if one is configured, must have
 * issued the certificate besides, and then its dates count. Being an extended trust manager, it
 * also keeps the JDK from checking host names.
 */
final class KeyTrust extends X509ExtendedTrustManager {
  private final Optional<KeyId> pinned;
  private final Optional<X509Certificate> authority;

  private KeyTrust(Optional<KeyId> pinned, Optional<X509Certificate> authority) {
    this.pinned = pinned;
    this.authority = authority;
  }

  /** Trusts only the holder of this key. */
  static KeyTrust only(KeyId pinned, Optional<X509Certificate> authority) {
    return new KeyTrust(Optional.of(pinned), authority);
  }

  /** Lets any holder of an Ed25519 key connect; who may do what is decided by its id later. */
  static KeyTrust anyKey(Optional<X509Certificate> authority) {
    return new KeyTrust(Optional.empty(), authority);
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    PublicKey key;
    try {
      key = Certificates.publicKey(chain[0]);
    } catch (IllegalArgumentException e) {
      throw new CertificateException("the peer's certificate is not usable: " + e.getMessage(), e);
    }
    if (pinned.isPresent() && !key.id().equals(pinned.get())) {
      throw new CertificateException(
          "the peer holds the key " + key.id() + ", expected " + pinned.get());
    }
    if (authority.isPresent()) {
      checkIssued(chain[0], authority.get());
    }
  }

  private static void checkIssued(X509Certificate certificate, X509Certificate authority)
      throws CertificateException {
    try {
      certificate.verify(authority.getPublicKey());
      certificate.checkValidity();
    } catch (CertificateExpiredException | CertificateNotYetValidException e) {
      throw new CertificateException("the peer's certificate is out of date: " + e.getMessage(), e);
    } catch (GeneralSecurityException e) {
      throw new CertificateException(
          "the peer's certificate is not issued by the configured authority", e);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain);
  }

  /** None: a request for a certificate names no authority, so the peer sends the one it has. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
