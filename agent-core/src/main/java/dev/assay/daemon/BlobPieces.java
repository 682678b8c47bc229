package dev.assay.daemon;

import dev.assay.crypto.Digest;
import dev.assay.log.store.LogStore;
import dev.assay.wire.Bytes;
import dev.assay.wire.Fault;
import dev.assay.wire.FromCoordinator.BlobGet;
import dev.assay.wire.FromNode.BlobData;
import java.io.IOException;
import java.util.Optional;

/** Serves the blobs of the log in pieces; the one that was asked for last is at hand. */
final class BlobPieces {
  private final LogStore log;
  private Digest lastDigest;
  private byte[] last = {};

  BlobPieces(LogStore log) {
    this.log = log;
  }

  /** The piece, shorter than asked for at the blob's end. */
  synchronized BlobData piece(BlobGet asked) throws RejectedException, IOException {
    byte[] blob = blob(asked.sha256());
    if (asked.offset() > blob.length) {
      throw RejectedException.refused(
          "the blob %s has %d bytes, none at %d"
              .formatted(asked.sha256(), blob.length, asked.offset()));
    }
    int offset = (int) asked.offset();
    int length = Math.min(asked.length(), blob.length - offset);
    return new BlobData(asked.sha256(), offset, blob.length, Bytes.of(blob, offset, length));
  }

  private byte[] blob(Digest digest) throws RejectedException, IOException {
    if (!digest.equals(lastDigest)) {
      Optional<byte[]> found = log.blob(digest);
      if (found.isEmpty()) {
        throw new RejectedException(Fault.NOT_FOUND, "this node has no blob " + digest);
      }
      last = found.get();
      lastDigest = digest;
    }
    return last;
  }
}
