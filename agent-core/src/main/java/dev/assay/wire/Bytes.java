package dev.assay.wire;

import dev.assay.crypto.Base64Url;
import java.util.Arrays;

/** Bytes as a value: immutable, equal when their content is. */
public final class Bytes {
  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** A copy of {@code content}. */
  public static Bytes of(byte[] content) {
    return new Bytes(content.clone());
  }

  /** A copy of {@code length} bytes of {@code content} from {@code offset}. */
  public static Bytes of(byte[] content, int offset, int length) {
    return new Bytes(Arrays.copyOfRange(content, offset, offset + length));
  }

  /** How many bytes these are. */
  public int size() {
    return content.length;
  }

  /** A copy of the bytes. */
  public byte[] toByteArray() {
    return content.clone();
  }

  String base64Url() {
    return Base64Url.encode(content);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return content.length + " bytes";
  }
}
