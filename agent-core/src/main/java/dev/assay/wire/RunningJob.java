package dev.assay.wire;

/**
 * A job that the node has not yet seen acknowledged, as its hello reports it.
 *
 * @param id the job's id
 * @param revision counts the job's states from 1; a higher one is newer
 * @param state the word for its state, as in {@link FromNode.JobState}
 */
public record RunningJob(String id, long revision, String state) {
  /** Checks each value. */
  public RunningJob {
    Check.jobId("hello.jobs.id", id);
    Check.count("hello.jobs.revision", revision);
    Check.word("hello.jobs.state", state);
  }
}
