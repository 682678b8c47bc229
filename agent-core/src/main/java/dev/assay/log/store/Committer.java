package dev.assay.log.store;

import dev.assay.crypto.SigningKey;
import dev.assay.log.Checkpoint;
import dev.assay.log.NoteKey;
import dev.assay.log.NoteSignature;
import dev.assay.log.SignedCheckpoint;
import dev.assay.log.TreeHash;
import dev.assay.log.source.LogReader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Takes the log from one durable checkpoint to the next. Used by one thread; what it has made
 * durable can be read by all.
 *
 * <p>A commit writes the entry bundles and tiles that changed and makes them durable. Only then it
 * signs, and writes the checkpoint as {@link #NEXT}, durable before anyone can see it. Only then
 * the rename to {@code checkpoint} shows it. So a checkpoint that was ever seen is on disk under
 * one of the two names, and its entries with it, whenever the power fails.
 */
final class Committer {
  static final String NEXT = "checkpoint.next";

  private final Disk disk;
  private final NoteKey key;
  private final SigningKey signer;
  private final WholeFiles files;
  private RightEdge edge;
  private volatile Optional<SignedCheckpoint> current;
  private volatile Optional<SignedCheckpoint> witnessed;
  private volatile Optional<String> stopped = Optional.empty();

  Committer(Disk disk, NoteKey key, SigningKey signer, WholeFiles files, Recovery.State state) {
    this.disk = disk;
    this.key = key;
    this.signer = signer;
    this.files = files;
    this.edge = state.edge();
    this.current = state.checkpoint();
    this.witnessed = state.witnessed();
  }

  /** The newest durable checkpoint; empty only before a new log's first. */
  Optional<SignedCheckpoint> current() {
    return current;
  }

  /** The newest durable checkpoint that a witness has cosigned. */
  Optional<SignedCheckpoint> witnessed() {
    return witnessed;
  }

  /** Adds entries under one new checkpoint and returns the index of the first. */
  long append(List<byte[]> entries, List<TreeHash> leaves) throws IOException {
    requireRunning();
    long first = edge.size();
    RightEdge.Growth growth = edge.grow(entries, leaves);
    FileBatch batch = files.batch();
    try {
      for (TileFile file : growth.files()) {
        batch.put(file.path(), file.bytes());
      }
      batch.sync();
    } catch (IOException e) {
      batch.undo(e);
      throw AppendFailedException.of("the entries", disk, e);
    }
    SignedCheckpoint signed = new Checkpoint(key.name(), growth.edge().head()).sign(signer);
    try {
      publish(signed);
    } catch (AppendFailedException e) {
      batch.undo(e);
      throw e;
    }
    edge = growth.edge();
    growth.files().forEach(this::dropPartials);
    return first;
  }

  /** Signs the state as it is, for a new log's first checkpoint. */
  void signEmpty() throws IOException {
    publish(new Checkpoint(key.name(), edge.head()).sign(signer));
  }

  /** See {@link LogStore#addCosignature}; the caller has verified the checkpoint as this log's. */
  boolean cosign(SignedCheckpoint checkpoint, NoteKey witness, NoteSignature cosignature)
      throws IOException {
    requireRunning();
    SignedCheckpoint newest = current.orElseThrow();
    if (newest.head().equals(checkpoint.head())) {
      SignedCheckpoint cosigned = cosigned(newest, witness, cosignature);
      publish(cosigned);
      keepWitnessed(cosigned);
      return true;
    }
    long known = witnessed.map(SignedCheckpoint::size).orElse(-1L);
    if (checkpoint.size() <= known) {
      return false;
    }
    keepWitnessed(cosigned(checkpoint, witness, cosignature));
    return true;
  }

  /** A newer cosignature of a witness takes the place of its older one. */
  private static SignedCheckpoint cosigned(
      SignedCheckpoint checkpoint, NoteKey witness, NoteSignature cosignature) {
    return checkpoint.without(witness).with(cosignature);
  }

  private void keepWitnessed(SignedCheckpoint cosigned) throws IOException {
    FileBatch batch = files.batch();
    try {
      batch.put(LogReader.WITNESSED, cosigned.bytes());
      batch.sync();
    } catch (IOException e) {
      throw AppendFailedException.of("the cosigned checkpoint", disk, e);
    }
    witnessed = Optional.of(cosigned);
  }

  private void publish(SignedCheckpoint signed) throws IOException {
    try {
      disk.write(NEXT, signed.bytes());
      disk.sync("");
    } catch (IOException e) {
      withdraw(e);
      throw AppendFailedException.of("the checkpoint", disk, e);
    }
    try {
      disk.rename(NEXT, LogReader.CHECKPOINT);
      disk.sync("");
    } catch (IOException e) {
      throw stop(e);
    }
    current = Optional.of(signed);
  }

  /** Nobody has seen the next checkpoint, but a restart would: it must be gone for certain. */
  private void withdraw(IOException reason) throws LogStoppedException {
    try {
      disk.delete(NEXT);
      disk.sync("");
    } catch (IOException e) {
      e.addSuppressed(reason);
      throw stop(e);
    }
  }

  /** The full tile is durable under a checkpoint: its narrower versions are needed no more. */
  private void dropPartials(TileFile file) {
    if (file.tile().isPartial()) {
      return;
    }
    String directory = file.path() + ".p";
    files.forget(directory);
    try {
      for (String name : disk.list(directory)) {
        disk.delete(directory + "/" + name);
      }
      disk.delete(directory);
    } catch (IOException e) {
      // The next start sweeps what is left over; readers are not misled by it.
    }
  }

  private void requireRunning() throws LogStoppedException {
    if (stopped.isPresent()) {
      throw new LogStoppedException(stopped.get());
    }
  }

  /** Takes no more appends, since what is on disk is not known. */
  LogStoppedException stop(Throwable cause) {
    String message =
        "the log in %s has stopped, for it is not known whether its last checkpoint is durable (%s):"
                .formatted(disk, AppendFailedException.reason(cause))
            + " check the disk and start again";
    stopped = Optional.of(message);
    return new LogStoppedException(message, cause);
  }
}
