package dev.assay.runtime;

import java.time.Instant;

/**
 * A process that was started for a job.
 *
 * @param startTicks its start in clock ticks since boot: with the pid it names one process only
 */
public record StartedProcess(long pid, long startTicks, Instant startedAt) {}
