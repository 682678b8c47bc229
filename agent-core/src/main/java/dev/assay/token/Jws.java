package dev.assay.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.crypto.Base64Url;
import dev.assay.crypto.Digest;
import dev.assay.crypto.KeyId;
import dev.assay.crypto.PublicKey;
import dev.assay.crypto.SigningKey;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The envelope of a token: a compact JWS (RFC 7515) with an Ed25519 signature (RFC 9864, and on
 * reading the older name EdDSA). The key that verifies it decides the algorithm; the header only
 * may not contradict it.
 */
public final class Jws {
  /** The most bytes a token may have: what a log entry holds (tokens.md §4). */
  public static final int MAX_LENGTH = 65_535;

  private static final int MAX_HEADER = 512;
  private static final Set<String> ALGORITHMS = Set.of("Ed25519", "EdDSA");

  private final String compact;
  private final String typ;
  private final KeyId kid;
  private final byte[] payload;
  private final byte[] signature;

  private Jws(String compact, String typ, KeyId kid, byte[] payload, byte[] signature) {
    this.compact = compact;
    this.typ = typ;
    this.kid = kid;
    this.payload = payload;
    this.signature = signature;
  }

  /**
   * Reads the envelope; the signature is not yet checked.
   *
   * @throws TokenException if it is not exactly such an envelope
   */
  public static Jws parse(String compact) {
    if (compact.length() > MAX_LENGTH) {
      throw new TokenException(
          "token: " + compact.length() + " characters long, at most 65535 are allowed");
    }
    String[] parts = compact.split("\\.", -1);
    if (parts.length != 3) {
      throw new TokenException("token: expected three parts joined by dots");
    }
    if (parts[0].length() > MAX_HEADER) {
      throw new TokenException("token header: longer than " + MAX_HEADER + " characters");
    }
    try {
      JsonObject header = StrictJson.object(part(parts[0], "header"), "token header");
      String algorithm = Claims.line(header, "alg", 32);
      if (!ALGORITHMS.contains(algorithm)) {
        throw header.error("alg", "expected \"Ed25519\", found \"" + algorithm + "\"");
      }
      String typ = Claims.line(header, "typ", 64);
      KeyId kid = new KeyId(header.string("kid", 64));
      header.end();
      byte[] signature = part(parts[2], "signature");
      if (signature.length != PublicKey.SIGNATURE_LENGTH) {
        throw new TokenException("token signature: not the 64 bytes of an Ed25519 signature");
      }
      return new Jws(compact, typ, kid, part(parts[1], "payload"), signature);
    } catch (TokenException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new TokenException(e.getMessage(), e);
    }
  }

  /** Signs {@code payload}; the same key and payload give the same bytes each time. */
  static Jws sign(String typ, byte[] payload, SigningKey key) {
    ObjectNode header = StrictJson.newObject();
    header.put("alg", "Ed25519").put("typ", typ).put("kid", key.id().value());
    String signed = Base64Url.encode(StrictJson.bytes(header)) + "." + Base64Url.encode(payload);
    byte[] signature = key.sign(signed.getBytes(StandardCharsets.US_ASCII));
    return parse(signed + "." + Base64Url.encode(signature));
  }

  /** The compact form. */
  public String compact() {
    return compact;
  }

  /** The compact form's bytes, as a log entry holds them. */
  public byte[] bytes() {
    return compact.getBytes(StandardCharsets.US_ASCII);
  }

  /** What kind of token the header says that it is. */
  public String typ() {
    return typ;
  }

  /** Whose key the header says has signed it. */
  public KeyId kid() {
    return kid;
  }

  /** The signed bytes within. */
  public byte[] payload() {
    return payload.clone();
  }

  /** The SHA-256 of the compact bytes, by which tokens refer to each other. */
  public Digest digest() {
    return Digest.of(bytes());
  }

  /** Whether {@code key} is the one that the header names and has signed this. */
  public boolean verifiedBy(PublicKey key) {
    byte[] signed =
        compact.substring(0, compact.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
    return key.id().equals(kid) && key.verify(signed, signature);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Jws jws && compact.equals(jws.compact);
  }

  @Override
  public int hashCode() {
    return compact.hashCode();
  }

  /** The compact form. */
  @Override
  public String toString() {
    return compact;
  }

  private static byte[] part(String text, String name) {
    try {
      return Base64Url.decode(text);
    } catch (IllegalArgumentException e) {
      throw new TokenException("token " + name + ": " + e.getMessage(), e);
    }
  }
}
