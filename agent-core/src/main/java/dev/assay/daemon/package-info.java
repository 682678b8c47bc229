/**
 * The agent: what runs on a host all the time, proves its devices and runs its jobs.
 *
 * <p>{@link dev.assay.daemon.Agent} composes two pipelines over seams that it is given. The proof
 * pipeline takes a challenge through commitment, receipt and opening to its result; the job
 * pipeline takes a signed job through its states to an acknowledged result. Both keep two rules:
 * what is told to anyone is durable in the log or the journal first, and nothing that happens to
 * the connection, the coordinator or this process makes them forget or do twice what was begun.
 * After each start the agent reads the end of its own log, finds the proofs that are still open,
 * and goes on with them.
 *
 * <p>A coordinator's word counts if the key that was pinned when this node joined has signed it,
 * and if it fits what went before. Everything else is answered with an error and leaves no trace.
 */
package dev.assay.daemon;
