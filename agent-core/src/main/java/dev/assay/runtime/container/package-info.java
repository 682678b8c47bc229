/**
 * Runs jobs in OCI containers, made by Docker or Podman. {@link
 * dev.assay.runtime.container.ContainerRuntime} is the {@link dev.assay.runtime.JobRuntime}.
 *
 * <p>A job's container has a name made of the node and the job, so that no job can have two, and
 * labels that say whose it is. It outlives the agent. Beside the job, in {@code run/}, lies what
 * another agent needs to go on: {@code container} says which container was made, in which boot and
 * how often it was started again, {@code stop} why it is to end, {@code exit} how it ended. {@code
 * exit} is written before the container is removed, and the container is only made anew where
 * {@code container} was never written: so a job runs once, wherever its agent is cut off.
 *
 * <p>The engine is asked for what only it can do. That a program has ended is seen in {@code
 * /proc}, that the kernel ended it for memory in its control group or the kernel's log, for not
 * every engine says so.
 */
package dev.assay.runtime.container;
