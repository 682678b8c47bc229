package dev.assay.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One file that proves, offline, that an entry is in a log (C2SP tlog-proof): the entry's index, an
 * inclusion proof, and the checkpoint that it leads to with its cosignatures.
 *
 * <pre>
 *   c2sp.org/tlog-proof@v1
 *   extra base64             only if there is extra data for the application
 *   index 100
 *   base64 of a hash of the inclusion proof, each on a line
 *
 *   the signed checkpoint
 * </pre>
 */
public record TlogProof(Optional<String> extra, long index, List<TreeHash> path, Note checkpoint) {
  /** The longest file that is read. */
  public static final int MAX_BYTES = 4 * Note.MAX_BYTES;

  private static final String MAGIC = "c2sp.org/tlog-proof@v1";
  private static final String EXTRA = "extra ";
  private static final String INDEX = "index ";

  /** Refuses extra data that is not base64, and a path longer than any tree's. */
  public TlogProof {
    path = List.copyOf(path);
    extra.ifPresent(text -> Base64Text.decode(text, "extra data"));
    ProofText.requireProofLength(path);
  }

  /** A proof without extra data. */
  public static TlogProof of(InclusionProof proof, SignedCheckpoint checkpoint) {
    if (proof.size() != checkpoint.size()) {
      throw new LogFormatException("the proof and the checkpoint are of trees of different sizes");
    }
    return new TlogProof(Optional.empty(), proof.index(), proof.path(), checkpoint.note());
  }

  /** Reads a file. */
  public static TlogProof parse(byte[] file) {
    ProofText text = ProofText.parse(file, MAX_BYTES, "tlog-proof");
    List<String> lines = text.lines();
    if (!lines.getFirst().equals(MAGIC)) {
      throw new LogFormatException("a tlog-proof begins with " + MAGIC);
    }
    boolean hasExtra = lines.size() > 1 && lines.get(1).startsWith(EXTRA);
    int at = hasExtra ? 2 : 1;
    if (lines.size() <= at || !lines.get(at).startsWith(INDEX)) {
      throw new LogFormatException("the tlog-proof does not say the index of its entry");
    }
    return new TlogProof(
        hasExtra ? Optional.of(lines.get(1).substring(EXTRA.length())) : Optional.empty(),
        Decimal.parse(lines.get(at).substring(INDEX.length()), "index"),
        text.hashes(at + 1),
        text.note());
  }

  /** The file, exactly as {@link #parse} reads it. */
  public byte[] bytes() {
    List<String> header = new ArrayList<>();
    header.add(MAGIC);
    extra.ifPresent(text -> header.add(EXTRA + text));
    header.add(INDEX + index);
    return ProofText.format(header, path, checkpoint);
  }

  /**
   * The checkpoint of the log with this key that covers the entry. If anything does not hold — the
   * signature, the path, the entry itself — a {@link LogFormatException} says what.
   */
  public SignedCheckpoint verify(byte[] entry, NoteKey log) {
    SignedCheckpoint signed = SignedCheckpoint.open(checkpoint, log);
    InclusionProof proof = new InclusionProof(index, signed.size(), path);
    if (!proof.proves(TreeHash.leaf(entry), signed.head())) {
      throw new LogFormatException(
          "the proof does not lead from this entry to the root of the checkpoint");
    }
    return signed;
  }
}
