package dev.assay.log;

import java.util.List;

/**
 * What a log sends to a witness (C2SP tlog-witness, the body of {@code add-checkpoint}): its new
 * checkpoint, and the proof that this continues the one of {@code oldSize} entries that the witness
 * cosigned last.
 *
 * <pre>
 *   old 3
 *   base64 of a hash of the consistency proof, each on a line
 *
 *   the signed checkpoint
 * </pre>
 */
public record AddCheckpoint(long oldSize, List<TreeHash> proof, Note checkpoint) {
  /** The longest body that is read. */
  public static final int MAX_BYTES = 2 * Note.MAX_BYTES;

  private static final String OLD = "old ";

  /** Refuses a proof longer than any tree needs. */
  public AddCheckpoint {
    proof = List.copyOf(proof);
    ProofText.requireProofLength(proof);
  }

  /** Reads a body. */
  public static AddCheckpoint parse(byte[] body) {
    ProofText text = ProofText.parse(body, MAX_BYTES, "add-checkpoint request");
    String first = text.lines().getFirst();
    if (!first.startsWith(OLD)) {
      throw new LogFormatException("an add-checkpoint request begins with: old size");
    }
    return new AddCheckpoint(
        Decimal.parse(first.substring(OLD.length()), "old size"), text.hashes(1), text.note());
  }

  /** The body, exactly as {@link #parse} reads it. */
  public byte[] bytes() {
    return ProofText.format(List.of(OLD + oldSize), proof, checkpoint);
  }
}
