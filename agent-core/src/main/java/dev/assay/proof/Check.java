package dev.assay.proof;

import java.util.List;

/** One proof's rule for one check. */
interface Check {
  /** That nothing is wrong. */
  String NONE = "";

  /**
   * What is wrong with check {@code t}, as it follows {@code check t} in a reason ({@code ":
   * path"}, {@code " parent 2 path"}), or {@link #NONE}. It gets exactly as many chunks as the
   * proof opens, of any size.
   */
  String fault(int t, List<OpenedChunk> opened);
}
