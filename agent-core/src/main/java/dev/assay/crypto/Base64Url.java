package dev.assay.crypto;

import java.util.Base64;

/**
 * Base64url without padding, in its one canonical spelling (tokens.md §1). What {@link #decode}
 * accepts encodes again to the same text, so no two texts mean the same bytes.
 */
public final class Base64Url {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private Base64Url() {}

  /** The text of {@code bytes}. */
  public static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  /**
   * The bytes of {@code text}.
   *
   * @throws IllegalArgumentException if it has padding, a foreign character, an impossible length
   *     or trailing bits that are not zero
   */
  public static byte[] decode(String text) {
    byte[] bytes;
    try {
      bytes = DECODER.decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not base64url: " + e.getMessage(), e);
    }
    if (!encode(bytes).equals(text)) {
      throw new IllegalArgumentException(
          "not canonical base64url: padding or trailing bits that are not zero");
    }
    return bytes;
  }

  /**
   * As {@link #decode}, of a value that has {@code length} bytes.
   *
   * @throws IllegalArgumentException also if it has another length
   */
  public static byte[] decode(String text, int length) {
    byte[] bytes = decode(text);
    if (bytes.length != length) {
      throw new IllegalArgumentException(
          "expected " + length + " bytes in base64url, found " + bytes.length);
    }
    return bytes;
  }
}
