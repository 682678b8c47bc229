package dev.assay.crypto;

/**
 * The name of a key and of the party that holds it: the RFC 7638 thumbprint of its public JWK, 43
 * characters of base64url.
 */
public record KeyId(String value) {
  private static final String URN = "urn:ietf:params:oauth:jwk-thumbprint:sha-256:";

  /** How many characters {@link #urn()} has. */
  public static final int URN_LENGTH = URN.length() + 43;

  /** Refuses what is not the canonical base64url of 32 bytes. */
  public KeyId {
    try {
      Base64Url.decode(value, Digest.LENGTH);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "a key id is 43 characters of canonical base64url, this is not one", e);
    }
  }

  /** The id in a URN as {@code iss} and {@code sub} carry it. */
  public static KeyId ofUrn(String urn) {
    if (!urn.startsWith(URN)) {
      throw new IllegalArgumentException("expected " + URN + " and a key id");
    }
    return new KeyId(urn.substring(URN.length()));
  }

  /** As {@code iss} and {@code sub} carry it. */
  public String urn() {
    return URN + value;
  }

  /** The 43 characters. */
  @Override
  public String toString() {
    return value;
  }
}
