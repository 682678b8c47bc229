package dev.assay.owner;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** What shows that somebody uses the host. */
public interface HostActivity {
  /**
   * The load average of the last minute, in thousandths: how many processes ran, or waited for a
   * processor or a disk, those of jobs and proofs among them.
   *
   * @throws IOException if it cannot be measured
   */
  long milliLoad() throws IOException;

  /**
   * When somebody last typed at a terminal, or opened one; empty if there is none.
   *
   * @throws IOException if it cannot be measured
   */
  Optional<Instant> lastInput() throws IOException;
}
