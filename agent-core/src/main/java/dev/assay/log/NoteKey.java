package dev.assay.log;

import dev.assay.crypto.Digest;
import dev.assay.crypto.PublicKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A public key that verifies signatures on notes, with its name. In text it is a verifier key:
 * {@code name+id+base64(kind ‖ key)}, the id being 8 hexadecimal digits (C2SP signed-note).
 */
public record NoteKey(String name, Kind kind, PublicKey key) {
  /** What a signature of the key says. */
  public enum Kind {
    /** A signature over the text of the note: the log's own. */
    ED25519(1),
    /** A witness's timestamped signature over a checkpoint (C2SP tlog-cosignature). */
    COSIGNATURE_V1(4);

    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }
  }

  /** Refuses a name that could not stand on a signature line. */
  public NoteKey {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(key, "key");
    requireName(name);
  }

  /** The key that a log of this name signs its checkpoints with. */
  public static NoteKey ofLog(String name, PublicKey key) {
    return new NoteKey(name, Kind.ED25519, key);
  }

  /** The key that a witness of this name cosigns checkpoints with. */
  public static NoteKey ofWitness(String name, PublicKey key) {
    return new NoteKey(name, Kind.COSIGNATURE_V1, key);
  }

  /** Reads a verifier key as {@link #toString} writes it. */
  public static NoteKey parse(String text) {
    String[] parts = text.split("\\+", 3);
    if (parts.length != 3) {
      throw new LogFormatException("a verifier key has the form name+id+key");
    }
    byte[] material = Base64Text.decode(parts[2], "verifier key");
    if (material.length != 1 + PublicKey.LENGTH) {
      throw new LogFormatException("the verifier key is not an Ed25519 key");
    }
    NoteKey key = new NoteKey(parts[0], kind(material[0]), publicKey(material));
    if (!key.toString().equals(text)) {
      throw new LogFormatException("the id of the verifier key is not that of its name and key");
    }
    return key;
  }

  /** The four bytes that signature lines carry to find the key by: a hash of name, kind and key. */
  public int id() {
    byte[] line = (name + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] hashed =
        ByteBuffer.allocate(line.length + 1 + PublicKey.LENGTH)
            .put(line)
            .put(kind.code)
            .put(key.bytes())
            .array();
    return ByteBuffer.wrap(Digest.of(hashed).bytes()).getInt();
  }

  /** Whether the signature is under this key's name and id, whatever it is worth. */
  public boolean isNamedBy(NoteSignature signature) {
    return signature.name().equals(name) && signature.keyId() == id();
  }

  /** Whether the signature is this key's and holds for the text of a note. */
  public boolean verifies(String text, NoteSignature signature) {
    if (!isNamedBy(signature)) {
      return false;
    }
    return switch (kind) {
      case ED25519 -> key.verify(text.getBytes(StandardCharsets.UTF_8), signature.bytes());
      case COSIGNATURE_V1 -> Cosignature.verifies(key, text, signature.bytes());
    };
  }

  /** The verifier key in text. */
  @Override
  public String toString() {
    byte[] material =
        ByteBuffer.allocate(1 + PublicKey.LENGTH).put(kind.code).put(key.bytes()).array();
    return name + "+" + HexFormat.of().toHexDigits(id()) + "+" + Base64Text.encode(material);
  }

  /** A key name is not empty and has neither white space nor a plus sign. */
  static String requireName(String name) {
    if (name.isEmpty()
        || name.codePoints()
            .anyMatch(c -> c == '+' || Character.isWhitespace(c) || Character.isSpaceChar(c))) {
      throw new LogFormatException("a key name is not empty and has no spaces and no plus sign");
    }
    return name;
  }

  private static Kind kind(byte code) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.code == code)
        .findFirst()
        .orElseThrow(() -> new LogFormatException("the verifier key is of an unknown kind"));
  }

  private static PublicKey publicKey(byte[] material) {
    try {
      return PublicKey.ofBytes(Arrays.copyOfRange(material, 1, material.length));
    } catch (IllegalArgumentException e) {
      throw new LogFormatException("the verifier key is not an Ed25519 key");
    }
  }
}
