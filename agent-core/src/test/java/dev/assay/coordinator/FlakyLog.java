package dev.assay.coordinator;

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

/** A log whose disk can be told to be full. */
final class FlakyLog implements LogStore {
  private final LogStore log;
  volatile boolean full;

  FlakyLog(LogStore log) {
    this.log = log;
  }

  @Override
  public long append(byte[] entry) throws IOException {
    return appendAll(List.of(entry)).getFirst();
  }

  @Override
  public List<Long> appendAll(List<byte[]> entries) throws IOException {
    refuseIfFull();
    return log.appendAll(entries);
  }

  @Override
  public Digest putBlob(byte[] bytes) throws IOException {
    refuseIfFull();
    return log.putBlob(bytes);
  }

  @Override
  public NoteKey key() {
    return log.key();
  }

  @Override
  public SignedCheckpoint checkpoint() {
    return log.checkpoint();
  }

  @Override
  public Optional<SignedCheckpoint> witnessed() {
    return log.witnessed();
  }

  @Override
  public boolean addCosignature(
      SignedCheckpoint checkpoint, NoteKey witness, NoteSignature cosignature) throws IOException {
    return log.addCosignature(checkpoint, witness, cosignature);
  }

  @Override
  public byte[] entry(long index) throws IOException {
    return log.entry(index);
  }

  @Override
  public InclusionProof inclusion(long index, long size) throws IOException {
    return log.inclusion(index, size);
  }

  @Override
  public ConsistencyProof consistency(long oldSize, long newSize) throws IOException {
    return log.consistency(oldSize, newSize);
  }

  @Override
  public Optional<byte[]> blob(Digest digest) throws IOException {
    return log.blob(digest);
  }

  @Override
  public void close() throws IOException {
    log.close();
  }

  private void refuseIfFull() throws IOException {
    if (full) {
      throw new IOException("no space left on device");
    }
  }
}
