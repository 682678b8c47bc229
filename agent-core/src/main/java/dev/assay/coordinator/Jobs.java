package dev.assay.coordinator;

import dev.assay.crypto.Digest;
import dev.assay.token.JobEndToken;
import dev.assay.token.JobToken;
import dev.assay.token.SignedToken;
import dev.assay.token.Tokens;
import dev.assay.wire.FromNode.JobResult;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The table of jobs. */
final class Jobs {
  private final Database database;

  Jobs(Database database) {
    this.database = database;
  }

  void add(SignedToken<JobToken> order) {
    JobToken token = order.token();
    database.update(
        """
        INSERT INTO job (id, node, token, token_digest, created, expires, state)
          VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        token.id(),
        token.subject().value(),
        order.compact(),
        order.digest().base64Url(),
        token.issuedAt(),
        token.expiresAt(),
        JobOrder.QUEUED);
  }

  /** Notes that the node may have it from now on. */
  void sent(String id) {
    database.update("UPDATE job SET sent = 1 WHERE id = ?", id);
  }

  /** Takes a newer state of a job that is not done; an older one changes nothing. */
  void state(String id, long revision, String state, String detail) {
    database.update(
        "UPDATE job SET state = ?, revision = ?, detail = ? WHERE id = ? AND revision < ? AND done"
            + " = 0",
        state,
        revision,
        detail,
        id,
        revision);
  }

  void cancel(String id, String reason) {
    database.update("UPDATE job SET cancel = coalesce(cancel, ?) WHERE id = ?", reason, id);
  }

  /** Keeps the node's word of the end, also of a job that was given up. */
  void end(JobResult result) {
    database.update(
        """
        UPDATE job SET start_token = ?, end_token = ?, end_revision = ?, state = 'ended',
          revision = max(revision, ?), detail = ?, done = 0
          WHERE id = ? AND end_token IS NULL
        """,
        result.start().orElse(null),
        result.end(),
        result.revision(),
        result.revision(),
        Faults.fitting(result.detail().orElse("")),
        result.id());
  }

  /** Nothing more will come of it. */
  void done(String id, String state, String detail) {
    database.update(
        "UPDATE job SET done = 1, state = ?, detail = ? WHERE id = ?", state, detail, id);
  }

  /** Ends orders that no node ever had and none may begin any more. */
  void expire(long now) {
    database.update(
        "UPDATE job SET done = 1, state = ?, detail = ? WHERE done = 0 AND sent = 0 AND expires <"
            + " ?",
        "expired",
        "the node was away until the order had expired",
        now);
  }

  Optional<JobOrder> find(String id) {
    return database.first(Jobs::read, "SELECT * FROM job WHERE id = ?", id);
  }

  Optional<JobOrder> ofToken(Digest token) {
    return database.first(
        Jobs::read, "SELECT * FROM job WHERE token_digest = ?", token.base64Url());
  }

  List<JobOrder> list(int most) {
    return database.list(
        Jobs::read, "SELECT * FROM job ORDER BY created DESC, rowid DESC LIMIT ?", most);
  }

  /** Jobs of a node that it has answered for, and that are not done. */
  List<JobOrder> underWay(String node) {
    return database.list(
        Jobs::read,
        "SELECT * FROM job WHERE node = ? AND done = 0 AND revision >= 0 ORDER BY rowid",
        node);
  }

  /** Jobs of a node that it has not answered for, oldest first. */
  List<JobOrder> queued(String node, int most) {
    return database.list(
        Jobs::read,
        "SELECT * FROM job WHERE node = ? AND done = 0 AND revision < 0 ORDER BY rowid LIMIT ?",
        node,
        most);
  }

  private static JobOrder read(ResultSet row) throws SQLException {
    return new JobOrder(
        row.getString("node"),
        row.getLong("created"),
        Tokens.parse(row.getString("token"), JobToken.class),
        row.getInt("sent") == 1,
        row.getString("state"),
        row.getLong("revision"),
        row.getString("detail"),
        Optional.ofNullable(row.getString("cancel")),
        Optional.ofNullable(row.getString("end_token"))
            .map(token -> Tokens.parse(token, JobEndToken.class)),
        row.getLong("end_revision"),
        row.getInt("done") == 1);
  }
}
