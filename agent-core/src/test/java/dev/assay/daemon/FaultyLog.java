package dev.assay.daemon;

import dev.assay.crypto.Digest;
import dev.assay.log.ConsistencyProof;
import dev.assay.log.InclusionProof;
import dev.assay.log.NoteKey;
import dev.assay.log.NoteSignature;
import dev.assay.log.SignedCheckpoint;
import dev.assay.log.store.LogStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A real log that can be made to have no room left, or to die before or after an append. */
final class FaultyLog implements LogStore {
  private final LogStore real;
  private volatile boolean full;
  private volatile int appendsLeft = Integer.MAX_VALUE;
  private volatile boolean lastOneCounts;

  FaultyLog(LogStore real) {
    this.real = real;
  }

  /** From now on nothing is written. */
  void die() {
    full = true;
  }

  void setFull(boolean isFull) {
    full = isFull;
  }

  /**
   * After so many more appends nothing is written.
   *
   * @param durable whether the one after them becomes durable all the same, though it fails
   */
  void dieAfter(int appends, boolean durable) {
    appendsLeft = appends;
    lastOneCounts = durable;
  }

  @Override
  public NoteKey key() {
    return real.key();
  }

  @Override
  public long append(byte[] entry) throws IOException {
    return appendAll(List.of(entry)).getFirst();
  }

  @Override
  public synchronized List<Long> appendAll(List<byte[]> entries) throws IOException {
    if (full) {
      throw new IOException("no space left on the device");
    }
    if (appendsLeft-- <= 0) {
      full = true;
      if (lastOneCounts) {
        real.appendAll(entries);
      }
      throw new IOException("the power failed");
    }
    return real.appendAll(entries);
  }

  @Override
  public SignedCheckpoint checkpoint() {
    return real.checkpoint();
  }

  @Override
  public Optional<SignedCheckpoint> witnessed() {
    return real.witnessed();
  }

  @Override
  public boolean addCosignature(
      SignedCheckpoint checkpoint, NoteKey witness, NoteSignature cosignature) throws IOException {
    return real.addCosignature(checkpoint, witness, cosignature);
  }

  @Override
  public byte[] entry(long index) throws IOException {
    return real.entry(index);
  }

  @Override
  public InclusionProof inclusion(long index, long size) throws IOException {
    return real.inclusion(index, size);
  }

  @Override
  public ConsistencyProof consistency(long oldSize, long newSize) throws IOException {
    return real.consistency(oldSize, newSize);
  }

  @Override
  public Digest putBlob(byte[] bytes) throws IOException {
    if (full) {
      throw new IOException("no space left on the device");
    }
    return real.putBlob(bytes);
  }

  @Override
  public Optional<byte[]> blob(Digest digest) throws IOException {
    return real.blob(digest);
  }

  @Override
  public void close() throws IOException {
    real.close();
  }
}
