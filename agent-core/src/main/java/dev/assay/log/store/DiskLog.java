package dev.assay.log.store;

import dev.assay.crypto.Digest;
import dev.assay.crypto.SigningKey;
import dev.assay.log.ConsistencyProof;
import dev.assay.log.EntryBundle;
import dev.assay.log.InclusionProof;
import dev.assay.log.LogFormatException;
import dev.assay.log.NoteKey;
import dev.assay.log.NoteSignature;
import dev.assay.log.SignedCheckpoint;
import dev.assay.log.TreeHash;
import dev.assay.log.source.LogReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;

/** A {@link LogStore} in a directory that a static web server can serve as it is at any time. */
public final class DiskLog implements LogStore {
  private static final int MAX_BLOB = Integer.MAX_VALUE - 8;

  private final Disk disk;
  private final NoteKey key;
  private final WholeFiles files;
  private final Committer committer;
  private final Writer writer;
  private final LogReader reader;
  private volatile boolean closed;

  private DiskLog(Disk disk, NoteKey key, WholeFiles files, Committer committer) {
    this.disk = disk;
    this.key = key;
    this.files = files;
    this.committer = committer;
    this.reader = new LogReader(disk::read);
    this.writer = Writer.start(committer);
  }

  /**
   * Opens the log in a directory, or starts one there with a checkpoint of size 0. Whatever a crash
   * has left half-done is finished or removed.
   *
   * @param origin the name of the log and of its key, such as {@code assay.dev/node/ID}
   * @throws LogRefusedException if this directory cannot be opened as this log; the message says
   *     why and what to do
   */
  public static DiskLog open(Path directory, String origin, SigningKey key) throws IOException {
    return open(DirectoryDisk.open(directory), origin, key);
  }

  static DiskLog open(Disk disk, String origin, SigningKey signer) throws IOException {
    try {
      NoteKey key = NoteKey.ofLog(origin, signer.publicKey());
      WholeFiles files = new WholeFiles(disk);
      Recovery.State state = new Recovery(disk, key, files).run();
      Committer committer = new Committer(disk, key, signer, files, state);
      if (state.checkpoint().isEmpty()) {
        committer.signEmpty();
      }
      return new DiskLog(disk, key, files, committer);
    } catch (IOException | RuntimeException e) {
      disk.close();
      throw e;
    }
  }

  @Override
  public NoteKey key() {
    return key;
  }

  @Override
  public long append(byte[] entry) throws IOException {
    return appendAll(List.of(entry)).getFirst();
  }

  @Override
  public List<Long> appendAll(List<byte[]> entries) throws IOException {
    if (entries.size() > MAX_BATCH) {
      throw new IllegalArgumentException(
          "at most %d entries are added at once, not %d".formatted(MAX_BATCH, entries.size()));
    }
    if (entries.isEmpty()) {
      return List.of();
    }
    // Copies, for what was hashed must be what is written.
    List<byte[]> copies =
        entries.stream().map(entry -> EntryBundle.checked(entry).clone()).toList();
    List<TreeHash> leaves = copies.stream().map(TreeHash::leaf).toList();
    CompletableFuture<Long> done = new CompletableFuture<>();
    long first = await(new Work.Append(copies, leaves, done), done);
    return LongStream.range(first, first + copies.size()).boxed().toList();
  }

  @Override
  public SignedCheckpoint checkpoint() {
    return committer.current().orElseThrow();
  }

  @Override
  public Optional<SignedCheckpoint> witnessed() {
    return committer.witnessed();
  }

  @Override
  public boolean addCosignature(
      SignedCheckpoint checkpoint, NoteKey witness, NoteSignature cosignature) throws IOException {
    SignedCheckpoint ours = SignedCheckpoint.open(checkpoint.note(), key);
    if (!witness.verifies(ours.note().text(), cosignature)) {
      throw new LogFormatException(
          "the cosignature of " + witness.name() + " does not hold for this checkpoint");
    }
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    return await(new Work.Cosign(ours, witness, cosignature, done), done);
  }

  @Override
  public byte[] entry(long index) throws IOException {
    return reader.entry(index, size());
  }

  @Override
  public InclusionProof inclusion(long index, long size) throws IOException {
    requireCovered(size);
    return reader.tree(size()).inclusion(index, size);
  }

  @Override
  public ConsistencyProof consistency(long oldSize, long newSize) throws IOException {
    requireCovered(newSize);
    return reader.tree(size()).consistency(oldSize, newSize);
  }

  @Override
  public Digest putBlob(byte[] bytes) throws IOException {
    requireOpen();
    Digest digest = Digest.of(bytes);
    String path = LogReader.blobPath(digest);
    FileBatch batch = files.batch();
    try {
      Optional<byte[]> known = disk.read(path, MAX_BLOB);
      if (known.isPresent() && Arrays.equals(known.get(), bytes)) {
        // Another thread may have put it there and not have made it durable yet.
        disk.sync(FileBatch.parent(path));
      } else {
        batch.put(path, bytes);
        batch.sync();
      }
    } catch (IOException e) {
      throw AppendFailedException.of("blob " + digest.hex(), disk, e);
    }
    return digest;
  }

  @Override
  public Optional<byte[]> blob(Digest digest) throws IOException {
    return reader.blob(digest, MAX_BLOB);
  }

  @Override
  public void close() throws IOException {
    closed = true;
    writer.close();
    disk.close();
  }

  private void requireCovered(long size) {
    if (size > size()) {
      throw new LogFormatException(
          "the log has %d entries, there is no tree of %d".formatted(size(), size));
    }
  }

  private void requireOpen() throws LogStoppedException {
    if (closed) {
      throw new LogStoppedException("the log in " + disk + " was closed");
    }
  }

  /** Waits for the outcome, however often the thread is interrupted: the disk will answer. */
  private <T> T await(Work work, CompletableFuture<T> done) throws IOException {
    if (!writer.add(work)) {
      throw new LogStoppedException("the log in " + disk + " was closed");
    }
    try {
      return done.join();
    } catch (CompletionException e) {
      throw anew(e.getCause());
    }
  }

  /** What the writer has met may be the outcome of several threads: each throws its own. */
  private static IOException anew(Throwable met) {
    return switch (met) {
      case LogFormatException refused -> throw new LogFormatException(refused.getMessage());
      case AppendFailedException failed -> new AppendFailedException(failed.getMessage(), failed);
      case LogStoppedException stopped -> new LogStoppedException(stopped.getMessage(), stopped);
      default -> new IOException(met.getMessage(), met);
    };
  }
}
