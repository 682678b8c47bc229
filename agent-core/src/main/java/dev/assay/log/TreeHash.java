package dev.assay.log;

import dev.assay.crypto.Digest;
import java.security.MessageDigest;
import java.util.Arrays;

/** The hash of a subtree: 32 bytes, immutable, compared by value (RFC 6962 §2.1). */
public final class TreeHash {
  /** Length in bytes. */
  public static final int LENGTH = 32;

  /** The root of a tree without entries: the SHA-256 of nothing. */
  public static final TreeHash EMPTY = new TreeHash(Digest.sha256().digest());

  private final byte[] bytes;

  private TreeHash(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The hash with these 32 bytes; any other length is a {@link LogFormatException}. */
  public static TreeHash of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new LogFormatException("a tree hash has 32 bytes, not " + bytes.length);
    }
    return new TreeHash(bytes.clone());
  }

  /** The hash in a row of hashes that starts at byte {@code offset}. */
  static TreeHash at(byte[] row, int offset) {
    return new TreeHash(Arrays.copyOfRange(row, offset, offset + LENGTH));
  }

  /** The hash of one entry: {@code SHA-256(00 ‖ entry)}. */
  public static TreeHash leaf(byte[] entry) {
    MessageDigest digest = Digest.sha256();
    digest.update((byte) 0);
    return new TreeHash(digest.digest(entry));
  }

  /** The hash over two subtrees: {@code SHA-256(01 ‖ left ‖ right)}. */
  public static TreeHash node(TreeHash left, TreeHash right) {
    MessageDigest digest = Digest.sha256();
    digest.update((byte) 1);
    digest.update(left.bytes);
    return new TreeHash(digest.digest(right.bytes));
  }

  /** The hash that standard base64, exactly as {@link #base64()} writes it, stands for. */
  public static TreeHash ofBase64(String text) {
    return of(Base64Text.decode(text, "tree hash"));
  }

  /** Standard base64 with padding, as checkpoints and proofs show it. */
  public String base64() {
    return Base64Text.encode(bytes);
  }

  /** A copy of the 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  void copyTo(byte[] row, int offset) {
    System.arraycopy(bytes, 0, row, offset, LENGTH);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TreeHash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return base64();
  }
}
