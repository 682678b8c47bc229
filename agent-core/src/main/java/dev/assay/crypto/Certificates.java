package dev.assay.crypto;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;

/**
 * Self-signed X.509 certificates that carry a party's key into TLS. Nobody has to trust their
 * names: a peer is recognised by its key alone, which {@link #publicKey} takes out.
 */
public final class Certificates {
  /** What RFC 5280 §4.1.2.5 writes for "no expiry": the key is pinned, so nothing else ends it. */
  private static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

  /** A peer whose clock is a little behind must not find the certificate not yet valid. */
  private static final Duration CLOCK_SKEW = Duration.ofDays(1);

  private static final AlgorithmIdentifier ED25519 =
      new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);

  private Certificates() {}

  /**
   * A certificate that {@code key} signs for itself, with the key in the form that the JDK's own
   * TLS takes. The same key and time give the same certificate.
   *
   * @param now its validity begins a day before
   */
  public static TlsIdentity selfSigned(SigningKey key, Instant now) {
    try {
      X509Certificate certificate = jdkCertificate(certificate(key, now));
      PrivateKey privateKey =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new PKCS8EncodedKeySpec(Pkcs8.encode(key)));
      return new TlsIdentity(privateKey, certificate, Optional.empty());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot use an Ed25519 certificate", e);
    } catch (IOException e) {
      throw new UncheckedIOException("a certificate could not be encoded in memory", e);
    }
  }

  /**
   * The Ed25519 key in a certificate. Whether the peer holds it is for the TLS handshake to show.
   *
   * @throws IllegalArgumentException if it holds a key of another kind
   */
  public static PublicKey publicKey(X509Certificate certificate) {
    SubjectPublicKeyInfo info =
        SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded());
    if (!info.getAlgorithm().equals(ED25519)) {
      throw new IllegalArgumentException(
          "the certificate's key is "
              + certificate.getPublicKey().getAlgorithm()
              + ", expected Ed25519");
    }
    return PublicKey.ofBytes(info.getPublicKeyData().getOctets());
  }

  /** The certificate as the text of a {@code cert.pem}. */
  public static String pem(X509Certificate certificate) {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the certificate has no encoding", e);
    }
  }

  private static byte[] certificate(SigningKey key, Instant now) throws IOException {
    X500Name name = new X500Name("CN=" + key.id().value());
    byte[] publicBytes = key.publicKey().bytes();
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            name,
            new BigInteger(1, Arrays.copyOf(Digest.of(publicBytes).bytes(), 16)),
            Date.from(now.minus(CLOCK_SKEW)),
            Date.from(NEVER),
            name,
            new SubjectPublicKeyInfo(ED25519, publicBytes));
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(
        Extension.extendedKeyUsage,
        false,
        new ExtendedKeyUsage(
            new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, key.id().urn())));
    return builder.build(new Signer(key)).getEncoded();
  }

  /** A certificate object of Bouncy Castle's says "Ed25519" where the JDK's TLS expects "EdDSA". */
  private static X509Certificate jdkCertificate(byte[] der) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  private record Signer(SigningKey key, ByteArrayOutputStream content) implements ContentSigner {
    Signer(SigningKey key) {
      this(key, new ByteArrayOutputStream());
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
      return ED25519;
    }

    @Override
    public OutputStream getOutputStream() {
      return content;
    }

    @Override
    public byte[] getSignature() {
      return key.sign(content.toByteArray());
    }
  }
}
