package dev.assay.log;

import java.util.List;

/** A checkpoint with the note that it was read from: its log's signature holds. */
public final class SignedCheckpoint {
  private final Checkpoint checkpoint;
  private final Note note;

  SignedCheckpoint(Checkpoint checkpoint, Note note) {
    this.checkpoint = checkpoint;
    this.note = note;
  }

  /**
   * Reads a checkpoint of the log that this key belongs to. Another log's, an unsigned one and a
   * forged one are a {@link LogFormatException}.
   */
  public static SignedCheckpoint open(byte[] note, NoteKey log) {
    return open(Note.parse(note), log);
  }

  /** The same, of a note that was read already. */
  public static SignedCheckpoint open(Note note, NoteKey log) {
    Checkpoint checkpoint = Checkpoint.parse(note.text());
    if (!checkpoint.origin().equals(log.name())) {
      throw new LogFormatException(
          "the checkpoint is of log " + checkpoint.origin() + ", not of " + log.name());
    }
    if (note.signatureOf(log).isEmpty()) {
      throw new LogFormatException(
          "the checkpoint of " + log.name() + " is not signed by the key " + log);
    }
    return new SignedCheckpoint(checkpoint, note);
  }

  /** What was signed. */
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  /** Size and root. */
  public TreeHead head() {
    return checkpoint.head();
  }

  /** How many entries the checkpoint covers. */
  public long size() {
    return checkpoint.size();
  }

  /** All signatures, the log's first. */
  public Note note() {
    return note;
  }

  /** The bytes of the note. */
  public byte[] bytes() {
    return note.bytes();
  }

  /** Those of the witnesses who have cosigned; a cosignature that does not hold is refused. */
  public List<NoteKey> cosignedBy(List<NoteKey> witnesses) {
    return witnesses.stream().filter(witness -> note.signatureOf(witness).isPresent()).toList();
  }

  /** The same checkpoint with one cosignature more. */
  public SignedCheckpoint with(NoteSignature cosignature) {
    return new SignedCheckpoint(checkpoint, note.with(cosignature));
  }

  /** The same checkpoint without the signatures under this key's name and id. */
  public SignedCheckpoint without(NoteKey witness) {
    return new SignedCheckpoint(checkpoint, note.without(witness));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SignedCheckpoint that && note.equals(that.note);
  }

  @Override
  public int hashCode() {
    return note.hashCode();
  }

  /** The text that was signed. */
  @Override
  public String toString() {
    return note.text();
  }
}
