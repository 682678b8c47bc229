package dev.assay.runtime;

import dev.assay.job.Outcome;
import dev.assay.job.OutputSummary;
import java.time.Instant;
import java.util.Optional;

/**
 * The end of a job.
 *
 * @param startedAt when its program began, or empty if it never did or that is not known
 * @param endedAt when its program ended, or when it was found that it had; never before {@code
 *     startedAt}, also where the clock was set back in between
 * @param image the digest of the image that ran, {@code sha256:} and 64 digits, if it was one
 */
public record Completion(
    Outcome outcome,
    Optional<Instant> startedAt,
    Instant endedAt,
    OutputSummary stdout,
    OutputSummary stderr,
    Optional<String> image) {}
