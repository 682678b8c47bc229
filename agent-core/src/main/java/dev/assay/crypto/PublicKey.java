package dev.assay.crypto;

import dev.assay.json.JsonException;
import dev.assay.json.JsonObject;
import dev.assay.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * An Ed25519 public key, compared by value.
 *
 * <p>Only a canonical encoding of a point of the prime-order group is a key here: a point of small
 * or mixed order could verify one signature for many messages, and a second encoding would give one
 * key two names. {@link #verify} is that of RFC 8032 §5.1.7 with S below the group order, so a
 * signature cannot be altered into another valid one by anyone but its signer.
 */
public final class PublicKey {
  /** How many bytes a public key has. */
  public static final int LENGTH = Ed25519.PUBLIC_KEY_SIZE;

  /** How many bytes a signature has. */
  public static final int SIGNATURE_LENGTH = Ed25519.SIGNATURE_SIZE;

  private static final int MAX_JWK_TEXT = 256;

  private final byte[] bytes;
  private final Ed25519.PublicPoint point;
  private final KeyId id;

  private PublicKey(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException(
          "an Ed25519 public key has 32 bytes, this has " + bytes.length);
    }
    Ed25519.PublicPoint valid = Ed25519.validatePublicKeyFullExport(bytes, 0);
    if (valid == null) {
      throw new IllegalArgumentException(
          "not an Ed25519 public key: not the canonical encoding of a point of prime order");
    }
    this.bytes = bytes;
    this.point = valid;
    this.id = new KeyId(Digest.of(jwk().getBytes(StandardCharsets.US_ASCII)).base64Url());
  }

  /**
   * The key that these 32 bytes encode.
   *
   * @throws IllegalArgumentException if they encode none
   */
  public static PublicKey ofBytes(byte[] bytes) {
    return new PublicKey(bytes.clone());
  }

  /**
   * The key in a JWK. Members that RFC 8037 does not define are ignored, as RFC 7517 asks, but a
   * private key is refused: it was pasted by mistake.
   *
   * @throws IllegalArgumentException if it is no public Ed25519 JWK
   */
  public static PublicKey ofJwk(byte[] utf8) {
    JsonObject jwk = StrictJson.object(utf8, "jwk");
    if (!jwk.string("kty", MAX_JWK_TEXT).equals("OKP")) {
      throw jwk.error("kty", "expected \"OKP\"");
    }
    if (!jwk.string("crv", MAX_JWK_TEXT).equals("Ed25519")) {
      throw jwk.error("crv", "expected \"Ed25519\"");
    }
    if (jwk.has("d")) {
      throw jwk.error("d", "this is a private key, give the public one");
    }
    try {
      return new PublicKey(Base64Url.decode(jwk.string("x", MAX_JWK_TEXT), LENGTH));
    } catch (JsonException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw jwk.error("x", e.getMessage());
    }
  }

  /** The key's name. */
  public KeyId id() {
    return id;
  }

  /** The 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The public JWK in the one form whose SHA-256 is the {@link #id()} (RFC 7638). */
  public String jwk() {
    return "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + Base64Url.encode(bytes) + "\"}";
  }

  /** Whether {@code signature} is this key's of {@code message}. */
  public boolean verify(byte[] message, byte[] signature) {
    return signature.length == SIGNATURE_LENGTH
        && Ed25519.verify(signature, 0, point, message, 0, message.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PublicKey key && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The key's id. */
  @Override
  public String toString() {
    return id.value();
  }
}
