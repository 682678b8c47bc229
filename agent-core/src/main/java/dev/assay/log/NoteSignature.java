package dev.assay.log;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * One signature line of a note: {@code — name base64(key id ‖ signature)}. That a signature is
 * there says nothing yet: a {@link NoteKey} verifies it.
 */
public final class NoteSignature {
  private static final String DASH = "— ";
  private static final int MAX_BYTES = 8_192;

  private final String name;
  private final int keyId;
  private final byte[] bytes;

  /** A signature under the name and id of a key. */
  public NoteSignature(String name, int keyId, byte[] bytes) {
    if (bytes.length == 0 || bytes.length > MAX_BYTES) {
      throw new LogFormatException("a signature has 1 to 8192 bytes, not " + bytes.length);
    }
    this.name = NoteKey.requireName(name);
    this.keyId = keyId;
    this.bytes = bytes.clone();
  }

  /** Reads one signature line, without its line break. */
  public static NoteSignature parse(String line) {
    int space = line.lastIndexOf(' ');
    if (!line.startsWith(DASH) || space < DASH.length()) {
      throw new LogFormatException("a signature line has the form: — name base64");
    }
    ByteBuffer material =
        ByteBuffer.wrap(Base64Text.decode(line.substring(space + 1), "signature"));
    if (material.remaining() <= Integer.BYTES) {
      throw new LogFormatException("the signature is too short");
    }
    int keyId = material.getInt();
    byte[] bytes = new byte[material.remaining()];
    material.get(bytes);
    return new NoteSignature(line.substring(DASH.length(), space), keyId, bytes);
  }

  /** The signature line, without a line break. */
  public String line() {
    byte[] material =
        ByteBuffer.allocate(Integer.BYTES + bytes.length).putInt(keyId).put(bytes).array();
    return DASH + name + " " + Base64Text.encode(material);
  }

  /** The name of the key. */
  public String name() {
    return name;
  }

  /** The id of the key. */
  public int keyId() {
    return keyId;
  }

  /** A copy of the signature itself. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NoteSignature that
        && keyId == that.keyId
        && name.equals(that.name)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, keyId, Arrays.hashCode(bytes));
  }

  /** The signature line. */
  @Override
  public String toString() {
    return line();
  }
}
