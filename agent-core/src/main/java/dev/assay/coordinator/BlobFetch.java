package dev.assay.coordinator;

import dev.assay.crypto.Digest;
import dev.assay.wire.FromCoordinator.BlobGet;
import dev.assay.wire.FromNode.BlobData;
import dev.assay.wire.Limits;
import java.util.Optional;

/** Gathers a blob piece by piece; its size was bounded before. */
final class BlobFetch {
  private final Digest digest;
  private final byte[] bytes;
  private int have;
  private boolean handedOver;

  BlobFetch(Digest digest, int size) {
    this.digest = digest;
    this.bytes = new byte[size];
  }

  Digest digest() {
    return digest;
  }

  /** What to ask for next, or empty if it is all there. */
  Optional<BlobGet> next() {
    int length = Math.min(Limits.CHUNK_BYTES, bytes.length - have);
    return length == 0 ? Optional.empty() : Optional.of(new BlobGet(digest, have, length));
  }

  /**
   * Takes a piece; one that was not asked for next is passed over. Returns whether it was taken.
   */
  boolean take(BlobData piece) {
    if (piece.offset() != have || piece.size() != bytes.length || piece.data().size() == 0) {
      return false;
    }
    byte[] data = piece.data().toByteArray();
    System.arraycopy(data, 0, bytes, have, data.length);
    have += data.length;
    return true;
  }

  /** Whether nobody had been given the whole blob before; from then on somebody has. */
  boolean handOver() {
    boolean first = !handedOver;
    handedOver = true;
    return first;
  }

  /** The blob, or empty if its bytes are not those that it is named after. */
  Optional<byte[]> blob() {
    return Digest.of(bytes).equals(digest) ? Optional.of(bytes) : Optional.empty();
  }
}
