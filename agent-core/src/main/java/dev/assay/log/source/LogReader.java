package dev.assay.log.source;

import dev.assay.crypto.Digest;
import dev.assay.log.EntryBundle;
import dev.assay.log.Frontier;
import dev.assay.log.LogFormatException;
import dev.assay.log.MerkleTree;
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
 * Reads a log: its checkpoints, its entries one by one or all in order, its tree, its blobs. The
 * memory it needs is one entry bundle and a few tiles, however long the log is. What is missing or
 * not as it must be is a {@link LogFormatException} that names the file.
 */
public record LogReader(LogSource source) {
  /** Where the newest checkpoint is. */
  public static final String CHECKPOINT = "checkpoint";

  /** Where the newest checkpoint that a witness has cosigned is; not every log has one. */
  public static final String WITNESSED = "witnessed";

  /** What takes the entries. */
  @FunctionalInterface
  public interface Visitor {
    /** Called for each entry in order, before anything is known of the root. */
    void entry(long index, byte[] entry) throws IOException;
  }

  /** The path of the blob with this SHA-256. */
  public static String blobPath(Digest digest) {
    return "blob/" + digest.hex();
  }

  /** The newest checkpoint, signed by this key; empty if there is none. */
  public Optional<SignedCheckpoint> checkpoint(NoteKey log) throws IOException {
    return signed(CHECKPOINT, log);
  }

  /** The newest checkpoint that a witness had cosigned, if the log keeps one. */
  public Optional<SignedCheckpoint> witnessed(NoteKey log) throws IOException {
    return signed(WITNESSED, log);
  }

  /**
   * Reads the first {@code size} entries and returns the tree that they make, to be compared with
   * checkpoints. The tiles are not looked at.
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

  /** One entry of a log of {@code size} entries. */
  public byte[] entry(long index, long size) throws IOException {
    if (index < 0 || index >= size) {
      throw new LogFormatException("there is no entry " + index + " among " + size);
    }
    return bundle(index / Tile.WIDTH, size).get((int) (index % Tile.WIDTH));
  }

  /** Roots and proofs of a log of {@code size} entries out of its tiles; for one thread. */
  public MerkleTree tree(long size) {
    return new MerkleTree(new TileReader(source, size));
  }

  /** The blob with this SHA-256 of at most {@code limit} bytes, if the log has it. */
  public Optional<byte[]> blob(Digest digest, int limit) throws IOException {
    Optional<byte[]> bytes = source.read(blobPath(digest), limit);
    if (bytes.isPresent() && !Digest.of(bytes.get()).equals(digest)) {
      throw new LogFormatException(blobPath(digest) + " does not have the SHA-256 of its name");
    }
    return bytes;
  }

  /** The entries of bundle {@code index} in a log of {@code size} entries. */
  public List<byte[]> bundle(long index, long size) throws IOException {
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

  private Optional<SignedCheckpoint> signed(String path, NoteKey log) throws IOException {
    Optional<byte[]> note = source.read(path, Note.MAX_BYTES);
    try {
      return note.map(bytes -> SignedCheckpoint.open(bytes, log));
    } catch (LogFormatException e) {
      throw new LogFormatException(path + ": " + e.getMessage());
    }
  }

  private static List<byte[]> decode(Tile tile, byte[] file) {
    try {
      return EntryBundle.decode(file, tile.width());
    } catch (LogFormatException e) {
      throw new LogFormatException(tile.path() + ": " + e.getMessage());
    }
  }
}
