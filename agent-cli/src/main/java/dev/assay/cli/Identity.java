package dev.assay.cli;

import dev.assay.crypto.Certificates;
import dev.assay.crypto.KeyFile;
import dev.assay.crypto.PublicKey;
import dev.assay.crypto.SigningKey;
import dev.assay.crypto.TlsIdentity;
import dev.assay.durable.DurableFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;

/**
 * Who this home is: its key, and the certificate that carries the key into TLS.
 *
 * @param created whether the key was made just now
 */
record Identity(SigningKey key, TlsIdentity tls, boolean created) {
  /**
   * Reads the home's identity, and makes it on first use. The key is closed to other users from its
   * first byte; a certificate that is damaged or another key's is written anew, as only the key
   * counts.
   *
   * @param passphrase encrypts a new key, and opens an encrypted one
   */
  static Identity loadOrCreate(
      Home home, Optional<char[]> passphrase, SecureRandom random, Instant now) throws IOException {
    boolean created = Files.notExists(home.key());
    if (created) {
      makeDirectory(home.directory());
      KeyFile.create(home.key(), SigningKey.generate(random), passphrase, random);
    }
    SigningKey key = KeyFile.load(home.key(), passphrase);
    TlsIdentity fresh = Certificates.selfSigned(key, now);
    Optional<X509Certificate> stored =
        certificate(home.certificate())
            .filter(c -> Certificates.publicKey(c).equals(key.publicKey()));
    if (stored.isEmpty()) {
      DurableFile.replace(
          home.certificate(),
          Certificates.pem(fresh.certificate()).getBytes(StandardCharsets.US_ASCII));
    }
    return new Identity(
        key,
        new TlsIdentity(
            fresh.privateKey(), stored.orElse(fresh.certificate()), authority(home.authority())),
        created);
  }

  /**
   * The public key of a home that has an identity, without opening the private one.
   *
   * @throws CommandException if there is none
   */
  static PublicKey publicKey(Home home) throws IOException, CommandException {
    return certificate(home.certificate())
        .map(Certificates::publicKey)
        .orElseThrow(
            () ->
                CommandException.usage(
                    home.directory() + " has no identity: name another --home, or run assay id."));
  }

  /** Unlike a damaged certificate of its own, a damaged authority is never passed over. */
  private static Optional<X509Certificate> authority(Path file) throws IOException {
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try {
      X509Certificate certificate = parse(file);
      if (certificate.getBasicConstraints() < 0) {
        throw new IOException(
            file + " is not the certificate of an authority: replace or remove it");
      }
      return Optional.of(certificate);
    } catch (CertificateException e) {
      throw new IOException(file + " is not an X.509 certificate: replace or remove it", e);
    }
  }

  private static X509Certificate parse(Path file) throws IOException, CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
  }

  private static Optional<X509Certificate> certificate(Path file) throws IOException {
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try {
      X509Certificate certificate = parse(file);
      Certificates.publicKey(certificate);
      return Optional.of(certificate);
    } catch (CertificateException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static void makeDirectory(Path directory) throws IOException {
    if (Files.notExists(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }
}
