package dev.assay.coordinator;

import dev.assay.token.JobEndToken;
import dev.assay.token.JobToken;
import dev.assay.token.SignedToken;
import dev.assay.token.Tokens;
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

  void add(String node, SignedToken<JobToken> order, long now) {
    database.update(
        "INSERT INTO job (id, node, token, created, state) VALUES (?, ?, ?, ?, ?)",
        order.token().id(),
        node,
        order.compact(),
        now,
        JobOrder.QUEUED);
  }

  /** Takes a newer state; an older one changes nothing. */
  void state(String id, long revision, String state, String detail) {
    database.update(
        "UPDATE job SET state = ?, revision = ?, detail = ? WHERE id = ? AND revision < ?",
        state,
        revision,
        detail,
        id,
        revision);
  }

  void cancel(String id, String reason) {
    database.update("UPDATE job SET cancel = coalesce(cancel, ?) WHERE id = ?", reason, id);
  }

  void end(String id, SignedToken<JobEndToken> end, long revision) {
    database.update(
        "UPDATE job SET end_token = ?, end_revision = ? WHERE id = ?", end.compact(), revision, id);
  }

  /** Nothing more will come of it. */
  void done(String id, String state, String detail) {
    database.update(
        "UPDATE job SET done = 1, state = ?, detail = ? WHERE id = ?", state, detail, id);
  }

  Optional<JobOrder> find(String id) {
    return database.first(Jobs::read, "SELECT * FROM job WHERE id = ?", id);
  }

  List<JobOrder> list(int most) {
    return database.list(
        Jobs::read, "SELECT * FROM job ORDER BY created DESC, rowid DESC LIMIT ?", most);
  }

  List<JobOrder> unfinished(String node) {
    return database.list(
        Jobs::read, "SELECT * FROM job WHERE node = ? AND done = 0 ORDER BY created, rowid", node);
  }

  private static JobOrder read(ResultSet row) throws SQLException {
    return new JobOrder(
        row.getString("node"),
        row.getLong("created"),
        Tokens.parse(row.getString("token"), JobToken.class),
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
