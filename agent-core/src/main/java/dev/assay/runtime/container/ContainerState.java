package dev.assay.runtime.container;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a container stands, as its engine says.
 *
 * @param pid of its first process on the host, while it runs
 * @param exitCode 128 + N where the signal N ended it, as all engines put it
 */
record ContainerState(
    Phase phase,
    long pid,
    int exitCode,
    boolean outOfMemory,
    Optional<Instant> startedAt,
    Optional<Instant> finishedAt,
    String id) {
  /** What matters of the many words that engines have. */
  enum Phase {
    /** Made, and never started. */
    CREATED,
    /** Its first process is there. */
    RUNNING,
    /** Its first process has ended. */
    EXITED
  }
}
