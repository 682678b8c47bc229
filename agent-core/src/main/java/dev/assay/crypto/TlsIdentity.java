package dev.assay.crypto;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * How a party shows itself in TLS, and who has to vouch for its peers.
 *
 * @param privateKey belongs to the certificate
 * @param authority if there is one, it must have issued a peer's certificate itself; who the peer
 *     is, its key says all the same
 */
public record TlsIdentity(
    PrivateKey privateKey, X509Certificate certificate, Optional<X509Certificate> authority) {}
