/**
 * Runs jobs. {@link dev.assay.runtime.JobRuntime} is the seam: start a job, find one again after
 * the agent was restarted, follow it to its end, stop it. What runs, runs on without the agent.
 *
 * <p>{@link dev.assay.runtime.ProcessRuntime} runs plain processes of the host.
 */
package dev.assay.runtime;
