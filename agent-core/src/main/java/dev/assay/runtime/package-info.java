/**
 * Runs jobs. {@link dev.assay.runtime.JobRuntime} is the seam: start a job, find one again after
 * the agent was restarted, follow it to its end, stop it. What runs, runs on without the agent.
 *
 * <p>{@link dev.assay.runtime.ProcessRuntime} runs plain processes of the host. Between the agent
 * and a job's program stands a supervisor, a short shell script that the agent starts in a session
 * of its own: it starts the program in the job's control groups, holds it to its limits of time and
 * output, ends what is left of it, and writes down how it ended. The agent and the supervisor talk
 * through files in the job's directory {@code run/} only, so either may be restarted, be late or be
 * gone; the script {@code supervise} lists the files. Every process is known by its pid together
 * with its start time, and a job's processes by its control group.
 *
 * <p>Output goes from the program straight to the files {@code stdout} and {@code stderr}, and
 * {@link dev.assay.runtime.OutputReader} reads it from there. Each may grow to the owner's limit; a
 * job that writes more is stopped, and the file is cut at the limit.
 */
package dev.assay.runtime;
