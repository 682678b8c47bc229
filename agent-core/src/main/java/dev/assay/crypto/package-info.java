/**
 * Identity: who signs, and how a stranger checks it. Every party has one Ed25519 key, and its name
 * is the RFC 7638 thumbprint of that key (tokens.md §1), so a name cannot be claimed without the
 * key. The same key signs tokens and logs and, in a self-signed certificate, authenticates TLS.
 * Readers here are strict: base64url has exactly one spelling for each value, a public key exactly
 * one encoding, and a key file that others can read is refused.
 */
package dev.assay.crypto;
