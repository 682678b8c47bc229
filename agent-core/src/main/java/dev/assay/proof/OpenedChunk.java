package dev.assay.proof;

import java.util.Arrays;

/** A chunk of a committed array and its path to the root. Immutable, equal by value. */
public final class OpenedChunk {
  private final byte[] chunk;
  private final byte[] path;

  /** Takes copies; any sizes are allowed, the verifier judges them. */
  public OpenedChunk(byte[] chunk, byte[] path) {
    this.chunk = chunk.clone();
    this.path = path.clone();
  }

  /** A copy of the chunk's bytes. */
  public byte[] chunk() {
    return chunk.clone();
  }

  /** A copy of the path, 32 bytes a level. */
  public byte[] path() {
    return path.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OpenedChunk opened
        && Arrays.equals(chunk, opened.chunk)
        && Arrays.equals(path, opened.path);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(chunk) + Arrays.hashCode(path);
  }
}
