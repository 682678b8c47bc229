package dev.assay.log;

import java.util.Base64;

/**
 * Standard padded base64 with one spelling for each value: Java's decoder accepts missing padding
 * and stray trailing bits, so what was read is written again and compared.
 */
final class Base64Text {
  private Base64Text() {}

  static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static byte[] decode(String text, String what) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new LogFormatException("the " + what + " is not base64");
    }
    if (!encode(bytes).equals(text)) {
      throw new LogFormatException("the " + what + " is not canonical base64");
    }
    return bytes;
  }
}
