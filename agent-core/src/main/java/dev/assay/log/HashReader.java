package dev.assay.log;

import java.io.IOException;

/**
 * Where the hashes of complete subtrees come from. Everything that makes a root or a proof needs
 * only this.
 */
@FunctionalInterface
public interface HashReader {
  /**
   * The hash over the 2^{@code level} entries from {@code index} · 2^{@code level} on; level 0 is
   * the entry's own leaf hash. Asked only for subtrees that lie wholly inside the tree at hand.
   */
  TreeHash read(int level, long index) throws IOException;
}
