package dev.assay.log.source;

import dev.assay.log.EntryBundle;
import dev.assay.log.Frontier;
import dev.assay.log.LogFormatException;
import dev.assay.log.Note;
import dev.assay.log.NoteKey;
import dev.assay.log.SignedCheckpoint;
import dev.assay.log.Tile;
import dev.assay.log.TreeHash;
import dev.assay.log.TreeHead;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Reads a log from its first entry to the last that a checkpoint covers. The memory it needs is one
 * entry bundle, however long the log is.
 */
public final class LogReader {
  /** What the reader hands each entry to. */
  @FunctionalInterface
  public interface Visitor {
    /** Called for each entry in order, before anything is known of the root. */
    void entry(long index, byte[] entry) throws IOException;
  }

  private static final String CHECKPOINT = "checkpoint";
  private static final String WITNESSED = "witnessed";

  private final LogSource source;

  /** A reader of the log at this place. */
  public LogReader(LogSource source) {
    this.source = source;
  }

  /** The newest checkpoint, signed by this key. */
  public SignedCheckpoint checkpoint(NoteKey log) throws IOException {
    return signed(CHECKPOINT, log)
        .orElseThrow(() -> new LogFormatException("there is no checkpoint"));
  }

  /** The newest checkpoint that a witness had cosigned, if the log keeps one. */
  public Optional<SignedCheckpoint> witnessed(NoteKey log) throws IOException {
    return signed(WITNESSED, log);
  }

  private Optional<SignedCheckpoint> signed(String path, NoteKey log) throws IOException {
    return source.read(path, Note.MAX_BYTES).map(note -> SignedCheckpoint.open(note, log));
  }

  /**
   * Reads the first {@code size} entries and returns the tree that they make, to be compared with
   * checkpoints' roots. A bundle that is missing or not as it must be is a {@link
   * LogFormatException} that names it.
   */
  public TreeHead read(long size, Visitor visitor) throws IOException {
    Frontier frontier = new Frontier();
    for (long index = 0; index * Tile.WIDTH < size; index++) {
      for (byte[] entry : bundle(index, size)) {
        visitor.entry(frontier.size(), entry);
        frontier.append(TreeHash.leaf(entry));
      }
    }
    return frontier.head();
  }

  private List<byte[]> bundle(long index, long size) throws IOException {
    Tile tile = Tile.entries(index, Tile.width(Tile.ENTRIES, index, size));
    Optional<byte[]> exact = source.read(tile.path(), EntryBundle.MAX_BYTES);
    if (exact.isPresent()) {
      return decode(tile, exact.get());
    }
    // A log may drop a partial bundle once it has the full one.
    if (tile.isPartial()) {
      Optional<byte[]> full = source.read(tile.full().path(), EntryBundle.MAX_BYTES);
      if (full.isPresent()) {
        return decode(tile.full(), full.get()).subList(0, tile.width());
      }
    }
    throw new LogFormatException("the log lacks " + tile.path());
  }

  private static List<byte[]> decode(Tile tile, byte[] file) {
    try {
      return EntryBundle.decode(file, tile.width());
    } catch (LogFormatException e) {
      throw new LogFormatException(tile.path() + ": " + e.getMessage());
    }
  }
}
