package dev.assay.log;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What requests to witnesses and stored proofs have in common: some lines, the last of them hashes
 * in base64, an empty line, and a signed checkpoint.
 */
record ProofText(List<String> lines, Note note) {
  /** A consistency proof in a tree of less than 2⁶³ entries fits in this (C2SP tlog-witness). */
  private static final int MAX_HASHES = 63;

  private static final int MAX_LINES = MAX_HASHES + 3;

  /** Splits the bytes; at least one line is before the empty one. */
  static ProofText parse(byte[] bytes, int limit, String what) {
    if (bytes.length > limit) {
      throw new LogFormatException("the " + what + " has more than " + limit + " bytes");
    }
    int gap = gap(bytes);
    if (gap < 1) {
      throw new LogFormatException(
          "the " + what + " is not lines, an empty line, and a checkpoint");
    }
    String[] lines = decode(Arrays.copyOf(bytes, gap), what).split("\n", MAX_LINES + 1);
    if (lines.length > MAX_LINES) {
      throw new LogFormatException("the " + what + " has too many lines");
    }
    return new ProofText(
        List.of(lines), Note.parse(Arrays.copyOfRange(bytes, gap + 2, bytes.length)));
  }

  /** The lines from number {@code from} on, as hashes. */
  List<TreeHash> hashes(int from) {
    List<TreeHash> hashes =
        lines.subList(from, lines.size()).stream().map(TreeHash::ofBase64).toList();
    requireProofLength(hashes);
    return hashes;
  }

  /** The bytes that {@link #parse} reads. */
  static byte[] format(List<String> header, List<TreeHash> hashes, Note note) {
    List<String> lines = new ArrayList<>(header);
    hashes.forEach(hash -> lines.add(hash.base64()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes((String.join("\n", lines) + "\n\n").getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(note.bytes());
    return bytes.toByteArray();
  }

  static void requireProofLength(List<TreeHash> hashes) {
    if (hashes.size() > MAX_HASHES) {
      throw new LogFormatException("a proof has at most " + MAX_HASHES + " hashes");
    }
  }

  private static int gap(byte[] bytes) {
    for (int i = 0; i + 1 < bytes.length; i++) {
      if (bytes[i] == '\n' && bytes[i + 1] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static String decode(byte[] bytes, String what) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new LogFormatException("the " + what + " is not UTF-8");
    }
  }
}
