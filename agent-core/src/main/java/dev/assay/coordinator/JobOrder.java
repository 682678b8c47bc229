package dev.assay.coordinator;

import dev.assay.token.JobEndToken;
import dev.assay.token.JobToken;
import dev.assay.token.SignedToken;
import java.util.Optional;

/**
 * A job as the coordinator keeps it.
 *
 * @param created seconds since 1970
 * @param sent whether the node may have it
 * @param state the node's last word for it; {@code queued} until the node has answered
 * @param revision of that state, -1 before the first
 * @param detail one sentence, such as why the node refused it
 * @param cancel why it is to end, once somebody asked for that
 * @param end the node's signed word of how it ended
 * @param done whether nothing more will come: it ended and all output is here, or it was refused,
 *     or is lost
 */
public record JobOrder(
    String node,
    long created,
    SignedToken<JobToken> order,
    boolean sent,
    String state,
    long revision,
    String detail,
    Optional<String> cancel,
    Optional<SignedToken<JobEndToken>> end,
    long endRevision,
    boolean done) {
  /** The state of a job that no node has answered for yet. */
  static final String QUEUED = "queued";

  /** The state of a job that its node no longer knows. */
  static final String LOST = "lost";

  /** The state of a job that was taken back before a node had it. */
  static final String CANCELLED = "cancelled";

  /** The job's id. */
  public String id() {
    return order.token().id();
  }

  /** Whether the node has said anything of it. */
  boolean answered() {
    return revision >= 0;
  }

  /** What the node was asked to run, as JSON. */
  public String spec() {
    return order.token().spec();
  }
}
