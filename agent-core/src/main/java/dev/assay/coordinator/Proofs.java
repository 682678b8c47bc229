package dev.assay.coordinator;

import dev.assay.coordinator.ProofRecord.State;
import dev.assay.crypto.Digest;
import dev.assay.token.ProofChain;
import dev.assay.token.SignedToken;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Every proof that was asked for, and the calibrations that size the next ones. */
final class Proofs {
  private final Database database;

  Proofs(Database database) {
    this.database = database;
  }

  void begin(String id, ProofChain chain, long now) {
    database.update(
        "INSERT INTO proof (id, node, device, created, state, challenge_digest, challenge) VALUES"
            + " (?, ?, ?, ?, ?, ?, ?)",
        id,
        chain.node().value(),
        chain.challenge().token().device(),
        now,
        State.CHALLENGED.name(),
        chain.challenge().digest().base64Url(),
        chain.challenge().compact());
  }

  void update(String id, State state, ProofChain chain, String note) {
    database.update(
        """
        UPDATE proof SET state = ?, commitment = ?, refusal = ?, receipt = ?, receipt_digest = ?,
          opening = ?, result = ?, note = ? WHERE id = ?
        """,
        state.name(),
        compact(chain.commitment()),
        compact(chain.refusal()),
        compact(chain.receipt()),
        chain.receipt().map(token -> token.digest().base64Url()).orElse(null),
        compact(chain.opening()),
        compact(chain.result()),
        note,
        id);
  }

  /** Notes tokens that are about to be logged; the state is noted once they are. */
  void decide(String id, ProofChain chain) {
    update(id, find(id).orElseThrow().state(), chain, "");
  }

  /** Keeps a token that contradicts one of the proof's; false if there is one already. */
  boolean keepEvidence(String id, SignedToken<?> token) {
    return database.update(
            "UPDATE proof SET evidence = ? WHERE id = ? AND evidence IS NULL", token.compact(), id)
        == 1;
  }

  Optional<ProofRecord> find(String id) {
    return database.first(Proofs::read, "SELECT * FROM proof WHERE id = ?", id);
  }

  Optional<ProofRecord> ofChallenge(Digest challenge) {
    return database.first(
        Proofs::read, "SELECT * FROM proof WHERE challenge_digest = ?", challenge.base64Url());
  }

  Optional<ProofRecord> ofReceipt(Digest receipt) {
    return database.first(
        Proofs::read, "SELECT * FROM proof WHERE receipt_digest = ?", receipt.base64Url());
  }

  /** The newest proofs of a node, newest first. */
  List<ProofRecord> list(String node, int most) {
    return database.list(
        Proofs::read,
        "SELECT * FROM proof WHERE node = ? ORDER BY created DESC, rowid DESC LIMIT ?",
        node,
        most);
  }

  List<ProofRecord> unfinished() {
    return database.list(
        Proofs::read,
        "SELECT * FROM proof WHERE state IN (?, ?)",
        State.CHALLENGED.name(),
        State.COMMITTED.name());
  }

  OptionalDouble calibration(String deviceClass) {
    return database
        .first(
            row -> row.getDouble(1),
            "SELECT per_second FROM calibration WHERE class = ?",
            deviceClass)
        .map(OptionalDouble::of)
        .orElse(OptionalDouble.empty());
  }

  void calibrate(String deviceClass, double perSecond, long now) {
    database.update(
        "INSERT OR REPLACE INTO calibration (class, per_second, measured) VALUES (?, ?, ?)",
        deviceClass,
        perSecond,
        now);
  }

  private static ProofRecord read(ResultSet row) throws SQLException {
    return new ProofRecord(
        row.getString("id"),
        row.getLong("created"),
        State.valueOf(row.getString("state")),
        ProofRecord.chain(
            row.getString("challenge"),
            text(row, "commitment"),
            text(row, "refusal"),
            text(row, "receipt"),
            text(row, "opening"),
            text(row, "result")),
        row.getString("note"));
  }

  private static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  private static String compact(Optional<? extends SignedToken<?>> token) {
    return token.map(SignedToken::compact).orElse(null);
  }
}
