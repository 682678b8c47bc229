package dev.assay.log.store;

import dev.assay.crypto.Digest;
import dev.assay.log.ConsistencyProof;
import dev.assay.log.InclusionProof;
import dev.assay.log.NoteKey;
import dev.assay.log.NoteSignature;
import dev.assay.log.SignedCheckpoint;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * An append-only log that keeps what it says: what {@link #append} returned, every later checkpoint
 * covers, also after a crash. Safe for use by many threads. An append waits for its outcome even if
 * its thread is interrupted, so that what became of the entry is always known.
 */
public interface LogStore extends AutoCloseable {
  /** The key that verifies this log's checkpoints; its name is the origin. */
  NoteKey key();

  /**
   * Adds an entry and returns its index once a durable signed checkpoint covers it. Appends of
   * several threads at one time share one checkpoint.
   *
   * @throws dev.assay.log.LogFormatException if the entry has more than 65,535 bytes
   * @throws AppendFailedException if nothing was added, and the same append may succeed later
   * @throws LogStoppedException if it is not known what became durable: close and open again
   */
  long append(byte[] entry) throws IOException;

  /**
   * Adds entries one after the other under one checkpoint, nothing between them: all of them or,
   * with the exceptions of {@link #append}, none. At most {@link #MAX_BATCH}.
   */
  List<Long> appendAll(List<byte[]> entries) throws IOException;

  /** The most entries in one {@link #appendAll}. */
  int MAX_BATCH = 4_096;

  /** The newest durable checkpoint, with the cosignatures that have arrived for it. */
  SignedCheckpoint checkpoint();

  /** The newest checkpoint that a witness has cosigned, if any. */
  Optional<SignedCheckpoint> witnessed();

  /**
   * Adds a witness's cosignature to the checkpoint that it is for. Returns false if that is neither
   * the newest one nor as new as {@link #witnessed}, and the cosignature is of no use.
   *
   * @throws dev.assay.log.LogFormatException if the signature does not hold
   */
  boolean addCosignature(SignedCheckpoint checkpoint, NoteKey witness, NoteSignature cosignature)
      throws IOException;

  /** How many entries the newest durable checkpoint covers. */
  default long size() {
    return checkpoint().size();
  }

  /** The entry at an index below {@link #size()}. */
  byte[] entry(long index) throws IOException;

  /** Proof that the entry at {@code index} is in the tree of {@code size} entries. */
  InclusionProof inclusion(long index, long size) throws IOException;

  /** Proof that the tree of {@code newSize} entries begins with that of {@code oldSize}. */
  ConsistencyProof consistency(long oldSize, long newSize) throws IOException;

  /** Stores bytes beside the log under their SHA-256; returns once they are durable. */
  Digest putBlob(byte[] bytes) throws IOException;

  /** The bytes with this SHA-256, if they are stored; other bytes under this name are an error. */
  Optional<byte[]> blob(Digest digest) throws IOException;

  /** Waits for appends under way, refuses further ones, and gives the directory free. */
  @Override
  void close() throws IOException;
}
