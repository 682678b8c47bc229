package dev.assay.log;

import dev.assay.crypto.SigningKey;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A signed text (C2SP signed-note): lines, an empty line, and a line for each signature. Anyone may
 * have added signatures, so those of unknown keys are kept and mean nothing.
 *
 * @param text what is signed; ends with a line break and has no control characters but line breaks
 */
public record Note(String text, List<NoteSignature> signatures) {
  /** The longest note that is read. */
  public static final int MAX_BYTES = 65_536;

  /** The most signatures that are read on one note. */
  public static final int MAX_SIGNATURES = 64;

  private static final String GAP = "\n\n";

  /** Refuses a text that could not be told from its signatures, and too many of these. */
  public Note {
    signatures = List.copyOf(signatures);
    if (!text.endsWith("\n") || text.length() < 2) {
      throw new LogFormatException("the text of a note ends with a line break");
    }
    if (text.chars().anyMatch(c -> c < ' ' && c != '\n')) {
      throw new LogFormatException("a note has no control characters but line breaks");
    }
    if (signatures.size() > MAX_SIGNATURES) {
      throw new LogFormatException("a note has at most " + MAX_SIGNATURES + " signatures");
    }
  }

  /** The text with one signature, by a log's key of this name. */
  public static Note sign(String text, String name, SigningKey key) {
    byte[] signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
    int id = NoteKey.ofLog(name, key.publicKey()).id();
    return new Note(text, List.of(new NoteSignature(name, id, signature)));
  }

  /** Reads a note; at least one signature must be there. */
  public static Note parse(byte[] utf8) {
    if (utf8.length > MAX_BYTES) {
      throw new LogFormatException("a note has at most " + MAX_BYTES + " bytes");
    }
    String whole = decode(utf8);
    int gap = whole.lastIndexOf(GAP);
    if (gap < 0 || !whole.endsWith("\n") || whole.length() == gap + GAP.length()) {
      throw new LogFormatException("a note is text, an empty line, and signature lines");
    }
    List<NoteSignature> signatures = new ArrayList<>();
    String lines = whole.substring(gap + GAP.length(), whole.length() - 1);
    for (String line : lines.split("\n", MAX_SIGNATURES + 1)) {
      signatures.add(NoteSignature.parse(line));
    }
    return new Note(whole.substring(0, gap + 1), signatures);
  }

  /** The note as bytes, exactly as {@link #parse} reads it. */
  public byte[] bytes() {
    StringBuilder whole = new StringBuilder(text).append('\n');
    signatures.forEach(signature -> whole.append(signature.line()).append('\n'));
    return whole.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The key's first signature, verified. Empty if the key has not signed. A signature under the
   * key's name and id that does not hold makes the note a forgery: {@link LogFormatException}.
   */
  public Optional<NoteSignature> signatureOf(NoteKey key) {
    for (NoteSignature signature : signatures) {
      if (key.isNamedBy(signature)) {
        if (!key.verifies(text, signature)) {
          throw new LogFormatException("the signature of " + key.name() + " does not hold");
        }
        return Optional.of(signature);
      }
    }
    return Optional.empty();
  }

  /** The same note with one signature more, after those it has. */
  public Note with(NoteSignature signature) {
    List<NoteSignature> more = new ArrayList<>(signatures);
    more.add(signature);
    return new Note(text, more);
  }

  /** The same note without the signatures under this key's name and id. */
  public Note without(NoteKey key) {
    return new Note(
        text, signatures.stream().filter(signature -> !key.isNamedBy(signature)).toList());
  }

  private static String decode(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new LogFormatException("the note is not UTF-8");
    }
  }
}
