package dev.assay.log.store;

import dev.assay.log.LogFormatException;
import dev.assay.log.Note;
import dev.assay.log.NoteKey;
import dev.assay.log.SignedCheckpoint;
import dev.assay.log.TreeHead;
import dev.assay.log.source.LogReader;
import java.io.IOException;
import java.util.Optional;

/**
 * Finds out, when a log is opened, what of it is durable, and goes on from exactly there. What the
 * newest checkpoint covers must be there: entries that are lost or changed cannot be made good, and
 * the log is refused untouched. Tiles are only hashes of the entries and are made again. What lies
 * beyond the checkpoint was never promised to anyone and is removed.
 */
final class Recovery {
  /** Where the log goes on from; no checkpoint means that it is new. */
  record State(
      RightEdge edge,
      Optional<SignedCheckpoint> checkpoint,
      Optional<SignedCheckpoint> witnessed) {}

  private final Disk disk;
  private final NoteKey key;
  private final LogReader reader;
  private final WholeFiles files;

  Recovery(Disk disk, NoteKey key, WholeFiles files) {
    this.disk = disk;
    this.key = key;
    this.reader = new LogReader(disk::read);
    this.files = files;
  }

  /** Recovers, or refuses with {@link LogRefusedException}. */
  State run() throws IOException {
    Optional<SignedCheckpoint> shown = current();
    Optional<SignedCheckpoint> checkpoint = newest(shown);
    TreeHead head = checkpoint.map(SignedCheckpoint::head).orElse(TreeHead.EMPTY);
    if (checkpoint.isEmpty() && !disk.list("tile").isEmpty()) {
      throw refused("it has tiles but no checkpoint: put that back, or use another directory");
    }
    Optional<SignedCheckpoint> witnessed = witnessed();
    if (witnessed.isPresent() && witnessed.get().size() > head.size()) {
      throw refused(
          "a witness has seen %d entries and the checkpoint covers only %d: put the newest copy back"
              .formatted(witnessed.get().size(), head.size()));
    }
    RightEdge edge = new TileRepair(disk, reader, files).edge(head);
    if (witnessed.isPresent()) {
      requireSameHistory(witnessed.get(), head);
    }
    new Inventory(disk, head.size()).sweep();
    finish(shown.equals(checkpoint));
    return new State(edge, checkpoint, witnessed);
  }

  /**
   * The newest checkpoint that anyone can have seen. The next one was written only after all it
   * covers, and may have been shown before a power failure undid its renaming, so if it is whole it
   * counts.
   */
  private Optional<SignedCheckpoint> newest(Optional<SignedCheckpoint> checkpoint)
      throws IOException {
    Optional<SignedCheckpoint> next = next();
    if (next.isEmpty()) {
      return checkpoint;
    }
    if (checkpoint.isEmpty() || next.get().size() > checkpoint.get().size()) {
      return next;
    }
    if (next.get().size() == checkpoint.get().size()
        && !next.get().head().equals(checkpoint.get().head())) {
      throw refused(
          "checkpoint and checkpoint.next are of one size with different roots, which is a fork:"
              + " give up this log and its key");
    }
    return checkpoint;
  }

  /** The next checkpoint if it was written to its end. */
  private Optional<SignedCheckpoint> next() throws IOException {
    try {
      return disk.read(Committer.NEXT, Note.MAX_BYTES)
          .map(note -> SignedCheckpoint.open(note, key));
    } catch (LogFormatException e) {
      return Optional.empty();
    }
  }

  private Optional<SignedCheckpoint> current() throws IOException {
    try {
      return reader.checkpoint(key);
    } catch (LogFormatException e) {
      throw refused(e.getMessage() + ": give its own key, or put the right file back");
    }
  }

  private Optional<SignedCheckpoint> witnessed() throws IOException {
    try {
      return reader.witnessed(key);
    } catch (LogFormatException e) {
      throw refused(e.getMessage() + ": put the right file back, or remove it");
    }
  }

  /** A log that was put back from an old copy, or replaced, shows it here. */
  private void requireSameHistory(SignedCheckpoint witnessed, TreeHead head) throws IOException {
    if (!reader.tree(head.size()).head(witnessed.size()).equals(witnessed.head())) {
      throw refused("what a witness has seen is not a beginning of it: put the newest copy back");
    }
  }

  /** Gives the newest checkpoint its name, for certain. */
  private void finish(boolean shown) throws IOException {
    if (shown) {
      disk.delete(Committer.NEXT);
    } else {
      disk.rename(Committer.NEXT, LogReader.CHECKPOINT);
    }
    disk.sync("");
  }

  private LogRefusedException refused(String reason) {
    return new LogRefusedException("the log in %s is not opened: %s".formatted(disk, reason));
  }
}
