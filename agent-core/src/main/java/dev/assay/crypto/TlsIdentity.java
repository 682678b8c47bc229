package dev.assay.crypto;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** What a TLS end shows and proves: a certificate and the private key that belongs to it. */
public record TlsIdentity(PrivateKey privateKey, X509Certificate certificate) {}
