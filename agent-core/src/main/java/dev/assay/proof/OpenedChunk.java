package dev.assay.proof;

import java.util.Arrays;

/** A chunk of a committed array and its path to the root. Both arrays are left as they are. */
public record OpenedChunk(byte[] chunk, byte[] path) {
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
