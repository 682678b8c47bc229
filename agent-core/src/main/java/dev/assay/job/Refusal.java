package dev.assay.job;

/**
 * Why a job is not taken on.
 *
 * @param setting the owner's setting that decides it, such as {@code jobs.max-memory}
 * @param reason one sentence for the one who sent the job
 */
public record Refusal(String setting, String reason) {}
